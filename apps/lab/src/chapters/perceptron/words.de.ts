import type { PerceptronMessages } from '../../locales/bench-messages.ts'

export const perceptron: PerceptronMessages = {
  points: 'Punkte',
  begin: 'Noch kein Fehler: Nichts ist dazugekommen. Schritt geht zum ersten.',
  lastMistake: ({ step, point, truth, isAdded }) =>
    `Beispiel ${step} war ein Fehler: Punkt ${point}, in Wahrheit ${truth}. Also wurde er ${isAdded ? 'zu den Gewichten addiert' : 'von den Gewichten abgezogen'}.`,
  noPoints: 'Es gibt keine Punkte: Nichts ist zu lernen.',
  never: 'Keine Linie trennt diese Punkte: Es macht für immer Fehler.',
  bound: ({ radius, margin, most, made, isLater }) =>
    `${made} von höchstens ${most} Korrekturen${isLater ? ', seit du zuletzt etwas geändert hast' : ''}: Der fernste Punkt liegt ${radius} weit draußen, und die beste Linie bleibt von allen ${margin} entfernt (den Bias mitgezählt).`,
  seen: ({ seen, updates, right, of }) =>
    `${seen} Beispiele gesehen, ${updates} Korrekturen gemacht. ${right} von ${of} Punkten sind richtig.`,
  weights: ({ w1, w2, b }) => `Die Gewichte sind ${w1} und ${w2}, der Bias ist ${b}.`,
}
