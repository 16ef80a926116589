import type { TruthLaterMessages } from '../../locales/bench-messages.ts'

export const truth: TruthLaterMessages = {
  controls: {
    table: 'Tabelle',
    own: (pattern) => `eigene (${pattern})`,
    turn: 'Gedreht um',
    degrees: (turn) => `${turn}°`,
    feature: 'Dritte Eingabe',
    features: { none: 'keine', 'x1+x2': 'x₁ + x₂', 'x1^2': 'x₁²', 'x2^2': 'x₂²', 'x1*x2': 'x₁ · x₂' },
    explanations: {
      table: 'Was die Lampe in jedem der vier Fälle tun soll. Du kannst die Antworten auch einzeln umdrehen.',
      turn: 'Die vier Punkte werden um die Mitte des Quadrats gedreht.',
      feature: 'Eine Zahl, die aus den beiden Eingaben gemacht wird und die das Neuron als dritte bekommt.',
    },
  },
  machine: {
    third: (name) => `Die dritte Eingabe ist x₃ = ${name}.`,
    before: 'vorher',
    change: 'Änderung',
    after: 'nachher',
    begin: 'Noch wurde keine Zeile angesehen. Schritt nimmt sich die erste vor.',
    wasRight: (row) => `Zeile ${row} ist richtig: Nichts ändert sich.`,
    wasWrong: ({ row, wanted, sign }) =>
      `Zeile ${row} ist falsch, sie soll ${wanted} sein: Ihre Eingaben werden ${sign === '+' ? 'dazugezählt' : 'abgezogen'}.`,
    allRows:
      'Die logistische Einheit lernt aus allen vier Zeilen zugleich: Jede zieht an den Gewichten, umso stärker, je weiter die Ausgabe von der Wahrheit entfernt ist.',
  },
  loop: {
    name: 'Der Weg der Gewichte',
    none: (looks) =>
      looks === 0
        ? 'Jeder Schritt wird hier ein Ort: gefüllt, wenn er etwas verbessert.'
        : `${looks} ${looks === 1 ? 'Schritt' : 'Schritte'}. Bisher standen nie dieselben Gewichte zweimal vor derselben Zeile.`,
    settled: (step) => `Bei Schritt ${step}: Es kam ohne Fehler durch alle vier Zeilen und ändert sich nie mehr.`,
    found: ({ from, again, length, corrections }) =>
      `Nach Schritt ${again} sind die Gewichte, was sie nach Schritt ${from} waren, und dieselbe Zeile ist an der Reihe. So geht es immer weiter: ${length} Schritte, davon ${corrections} Korrekturen.`,
    steps: 'Schritte',
    earlier: (count) => `… ${count} davor`,
    show: 'Einmal herum',
    row: 'Zeile',
    together: 'zusammen',
  },
  compare: {
    unlike:
      'Ein Perzeptron zählt Fehler, eine logistische Einheit misst, wie unsicher sie ist: Ihre Verluste haben keine gemeinsame Kurve. Vergleiche, wie viele Zeilen richtig sind.',
  },
  lifted: {
    title: 'Mit einer dritten Eingabe',
    flat: 'Ohne dritte Eingabe liegen alle Punkte auf dem Boden, und dort kreuzen sich die Strecken.',
    up: 'Jeder Punkt steht so hoch, wie seine dritte Eingabe ist.',
    apart: (gap) => `Wo sich die Strecken kreuzen, läuft eine um ${gap} über der anderen: Eine Ebene passt dazwischen.`,
    same: 'Wo sich die Strecken kreuzen, sind beide gleich hoch: Sie treffen sich noch, und keine Ebene passt dazwischen.',
    picture: (heights) => `Die vier Punkte und ihre Höhen: ${heights}.`,
    plane: 'Die umrandete Fläche ist, wo die Summe des Neurons 0 ist.',
  },
  twin: {
    row: ({ row, wanted, sum, says, isRight }) =>
      `Zeile ${row}: soll ${wanted}, Summe ${sum}, sagt ${says}: ${isRight ? 'richtig' : 'falsch'}.`,
    line: (distance) => `Die Linie geht im Abstand ${distance} am Ursprung vorbei.`,
    noLine: 'Beide Gewichte sind 0: Es gibt keine Linie.',
    rows: (right, best) => `${right} von 4 Zeilen sind richtig; im besten Fall waren es ${best}.`,
    meet: (place) => `Die Hüllen der beiden Klassen treffen sich bei (${place}): Keine Linie trennt sie.`,
    apart: 'Die Hüllen der beiden Klassen liegen getrennt: Eine Linie trennt sie.',
  },
}
