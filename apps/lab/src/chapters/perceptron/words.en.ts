import type { PerceptronMessages } from '../../locales/bench-messages.ts'

export const perceptron: PerceptronMessages = {
  points: 'Points',
  begin: 'No mistake so far: nothing has been added. Step goes to the first one.',
  lastMistake: ({ step, point, truth, isAdded }) =>
    `Example ${step} was a mistake: point ${point}, truly ${truth}. So it was ${isAdded ? 'added to' : 'taken away from'} the weights.`,
  noPoints: 'There are no points: nothing is to be learned.',
  never: 'No line separates these points: it makes mistakes for ever.',
  bound: ({ radius, margin, most, made, isLater }) =>
    `${made} of at most ${most} corrections${isLater ? ' since you last changed something' : ''}: the furthest point lies ${radius} out, and the best line keeps ${margin} away from all of them (bias included).`,
  seen: ({ seen, updates, right, of }) =>
    `${seen} examples seen, ${updates} corrections made. ${right} of ${of} points are right.`,
  weights: ({ w1, w2, b }) => `The weights are ${w1} and ${w2}, the bias is ${b}.`,
}
