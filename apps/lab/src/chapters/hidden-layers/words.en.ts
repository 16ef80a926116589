import type { PlaneMessages } from '../../locales/bench-messages.ts'

export const plane: PlaneMessages = {
  world: ({ right, of, boundary, blue }) =>
    `${right} of ${of} training points are right. ${boundary} ${blue} of the picture is blue.`,
  crosses: (at) => `Along the middle, the boundary crosses at x = ${at}.`,
  noBoundary: 'Along the middle of the picture there is no boundary.',
  machine: ({ layers, strongest }) => `Two inputs, ${layers}one output. ${strongest}`,
  strongest: (unit, by) => `Without neuron ${unit} the loss would grow by ${by}, the most of all.`,
  dead: (units) => `Dead: neuron ${units}.`,
  example: ({ index, x, y, truth, output, said }) =>
    `Point ${index}: x₁ = ${x}, x₂ = ${y}, truly ${truth}. Output ${output}: the network says ${said}.`,
}
