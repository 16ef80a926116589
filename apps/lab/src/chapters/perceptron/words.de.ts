import type { PerceptronMessages } from '../../locales/messages.ts'

export const perceptron: PerceptronMessages = {
  vector:
    'Die Gewichte als Pfeil, darunter der Bias auf einer Linie. Die letzte Korrektur ist der Pfeil an der Spitze.',
  before: 'vorher',
  now: 'jetzt',
  begin: 'Noch kein Fehler: Nichts ist dazugekommen. Schritt geht zum ersten.',
  lastMistake: ({ step, point, truth, isAdded }) =>
    `Beispiel ${step} war ein Fehler: Punkt ${point}, in Wahrheit ${truth}. Also wurde er ${isAdded ? 'zu den Gewichten addiert' : 'von den Gewichten abgezogen'}.`,
  point: (n) => `Punkt ${n}`,
  chosen: 'Der gewählte Punkt',
  pointAt: ({ index, truth, x, y }) => `Punkt ${index}, ${truth}, x₁ ${x}, x₂ ${y}`,
  points: 'Punkte',
  keys: 'Pfeiltasten verschieben ihn, F gibt ihm die andere Klasse, Entf nimmt ihn weg, Enter öffnet seine Summe.',
  tap: 'Ein Klick ins Bild',
  taps: { move: 'verschiebt den Punkt', plus: 'setzt ein ●', minus: 'setzt ein ▲' },
  flip: 'Andere Klasse',
  remove: 'Wegnehmen',
  add: 'Dazu:',
  restore: 'Punkte wie am Anfang',
  updates: 'Korrekturen',
  most: 'Höchstens',
  none: 'ohne Ende',
  wrong: 'Jetzt falsch',
  radius: 'Radius R',
  margin: 'Abstand γ',
  noPoints: 'Es gibt keine Punkte: Nichts ist zu lernen.',
  never: 'Keine Linie trennt diese Punkte: Es macht für immer Fehler.',
  bound: ({ radius, margin, most, made, isLater }) =>
    `${made} von höchstens ${most} Korrekturen${isLater ? ', seit du zuletzt etwas geändert hast' : ''}: Der fernste Punkt liegt ${radius} weit draußen, und die beste Linie bleibt von allen ${margin} entfernt (den Bias mitgezählt).`,
  timeline: 'Fehler, Beispiel für Beispiel: ● addiert, ▲ abgezogen; ein Strich beendet einen Durchgang.',
  timelineText: (mistakes, steps) => `${mistakes} Fehler in ${steps} Beispielen.`,
  seen: ({ seen, updates, right, of }) =>
    `${seen} Beispiele gesehen, ${updates} Korrekturen gemacht. ${right} von ${of} Punkten sind richtig.`,
  weights: ({ w1, w2, b }) => `Die Gewichte sind ${w1} und ${w2}, der Bias ist ${b}.`,
  columns: ['Punkt', 'Klasse', 'x₁', 'x₂', 'Summe', 'Fehler'],
}
