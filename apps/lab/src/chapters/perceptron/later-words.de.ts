import type { PerceptronLaterMessages } from '../../locales/bench-messages.ts'

export const perceptron: PerceptronLaterMessages = {
  vector:
    'Die Gewichte als Pfeil, darunter der Bias auf einer Linie. Die letzte Korrektur ist der Pfeil an der Spitze.',
  before: 'vorher',
  now: 'jetzt',
  point: (n) => `Punkt ${n}`,
  chosen: 'Der gewählte Punkt',
  pointAt: ({ index, truth, x, y }) => `Punkt ${index}, ${truth}, x₁ ${x}, x₂ ${y}`,
  keys: 'Pfeiltasten verschieben ihn, F gibt ihm die andere Klasse, Entf nimmt ihn weg, Enter öffnet seine Summe.',
  tap: 'Ein Klick ins Bild',
  taps: { move: 'verschiebt den Punkt', plus: 'setzt ein ●', minus: 'setzt ein ▲' },
  flip: 'Andere Klasse',
  remove: 'Wegnehmen',
  add: 'Dazu:',
  restore: 'Punkte wie am Anfang',
  seen: 'Beispiele gesehen',
  updates: 'Korrekturen',
  most: 'Höchstens',
  none: 'ohne Ende',
  wrong: 'Jetzt falsch',
  radius: 'Radius R',
  margin: 'Abstand γ',
  timeline: 'Fehler, Beispiel für Beispiel: ● addiert, ▲ abgezogen; ein Strich beendet einen Durchgang.',
  timelineText: (mistakes, steps) => `${mistakes} Fehler in ${steps} Beispielen.`,
  columns: ['Punkt', 'Klasse', 'x₁', 'x₂', 'Summe', 'Fehler'],
}
