import type { TruthWords } from '../../ui/truth/words.ts'

export const truth: TruthWords = {
  inputs: ['Schalter x₁', 'Schalter x₂'],
  table: {
    name: 'Die vier Zeilen',
    wanted: 'soll',
    sum: 'Summe',
    says: 'sagt',
    onLine: 'auf der Linie',
    turnAnswer: (row, now) => `Zeile ${row} soll ${now} sein: umdrehen`,
    next: 'ist an der Reihe',
  },
  numbers: 'Die Zahlen des Neurons',
  place:
    'Zieh am runden Griff, um die Linie zu verschieben, am eckigen, um sie zu drehen. Ein Ring steht um alles, was falsch ist.',
  curved:
    'Mit einer dritten Eingabe trifft die Ebene, die die Punkte trennt, den Boden in einer Kurve. Ein Ring steht um alles, was falsch ist.',
  judge: {
    right: 'Im Moment',
    best: 'Bisher am besten',
    tries: 'Deine Linien',
    triesOf: (tries, best) => (tries === 0 ? 'noch keine' : `${tries}, beste ${best} von 4`),
    corrections: 'Korrekturen',
    round: 'Ring',
    roundOf: (steps) => `${steps} Schritte`,
    none: 'bisher keiner',
    classes: 'Die beiden Hüllen',
    meet: (place) => `treffen sich bei (${place})`,
    apart: 'liegen getrennt',
    ofFour: (right) => `${right} von 4`,
  },
  sort: {
    name: 'Markiere die unmöglichen',
    possible: 'Linie',
    impossible: 'keine',
    table: (pattern, name) => `Tabelle ${pattern}${name === '' ? '' : `, ${name}`}:`,
    marked: (n) => `${n} markiert.`,
  },
}
