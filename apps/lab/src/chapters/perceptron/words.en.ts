import type { PerceptronMessages } from '../../locales/messages.ts'

export const perceptron: PerceptronMessages = {
  vector: 'The weights as an arrow, and below it the bias on a line. The last correction is the arrow at its tip.',
  before: 'before',
  now: 'now',
  begin: 'No mistake so far: nothing has been added. Step goes to the first one.',
  lastMistake: ({ step, point, truth, isAdded }) =>
    `Example ${step} was a mistake: point ${point}, truly ${truth}. So it was ${isAdded ? 'added to' : 'taken away from'} the weights.`,
  point: (n) => `Point ${n}`,
  chosen: 'The chosen point',
  pointAt: ({ index, truth, x, y }) => `Point ${index}, ${truth}, x₁ ${x}, x₂ ${y}`,
  points: 'Points',
  keys: 'Arrows move it, F gives it the other class, Delete takes it away, Enter opens its sum.',
  tap: 'A click on the picture',
  taps: { move: 'moves the point', plus: 'adds a ●', minus: 'adds a ▲' },
  flip: 'Other class',
  remove: 'Take away',
  add: 'Add',
  restore: 'Points as they were',
  updates: 'Corrections',
  most: 'At most',
  none: 'no end',
  wrong: 'Wrong now',
  radius: 'Radius R',
  margin: 'Margin γ',
  noPoints: 'There are no points: nothing is to be learned.',
  never: 'No line separates these points: it makes mistakes for ever.',
  bound: ({ radius, margin, most, made, isLater }) =>
    `${made} of at most ${most} corrections${isLater ? ' since you last changed something' : ''}: the furthest point lies ${radius} out, and the best line keeps ${margin} away from all of them (bias included).`,
  timeline: 'Mistakes, example by example: ● added, ▲ taken away; a tick ends a pass over all points.',
  timelineText: (mistakes, steps) => `${mistakes} mistakes in ${steps} examples.`,
  seen: ({ seen, updates, right, of }) =>
    `${seen} examples seen, ${updates} corrections made. ${right} of ${of} points are right.`,
  weights: ({ w1, w2, b }) => `The weights are ${w1} and ${w2}, the bias is ${b}.`,
  columns: ['Point', 'Class', 'x₁', 'x₂', 'Sum', 'Mistakes'],
}
