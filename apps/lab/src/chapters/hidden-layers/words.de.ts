import type { PlaneMessages } from '../../locales/bench-messages.ts'

export const plane: PlaneMessages = {
  world: ({ right, of, boundary, blue }) =>
    `${right} von ${of} Trainingspunkten sind richtig. ${boundary} ${blue} des Bilds sind blau.`,
  crosses: (at) => `Entlang der Mitte liegt die Grenze bei x = ${at}.`,
  noBoundary: 'Entlang der Mitte des Bilds gibt es keine Grenze.',
  machine: ({ layers, strongest }) => `Zwei Eingaben, ${layers}eine Ausgabe. ${strongest}`,
  strongest: (unit, by) => `Ohne Neuron ${unit} stiege der Verlust um ${by}, am meisten von allen.`,
  dead: (units) => `Tot: Neuron ${units}.`,
  example: ({ index, x, y, truth, output, said }) =>
    `Punkt ${index}: x₁ = ${x}, x₂ = ${y}, in Wahrheit ${truth}. Ausgabe ${output}: Das Netz sagt ${said}.`,
}
