import type { SurfaceMessages } from '../../locales/messages.ts'

export const surface: SurfaceMessages = {
  panels: { world: 'World: the loss as a map', machine: 'Machine: the next step, cut open' },
  map: 'Map of the loss',
  mapNote: 'Click on the map to start somewhere else. Each line joins places of equal loss; inwards it gets lower.',
  start: (w1, w2) => `Start: w₁ = ${w1}, w₂ = ${w2}. Arrow keys move it.`,
  startTitle: 'Where it starts',
  startAt: (name) => `Start ${name}`,
  answer: { fit: 'answer = w₁ × x₁ + w₂ × x₂', network: '17 weights = untrained + w₁ × way to A + w₂ × way to B' },
  scenes: { fit: 'A long valley', otherFit: 'Another valley', network: 'A network' },
  sceneName: 'Landscape',
  sceneExplanation: 'What is fitted: the two weights of a straight fit, or a network that may move in two directions.',
  momentum: 'Momentum',
  momentumExplanation: 'How much of the last step goes into the next one. At 0 every step begins from rest.',
  gradientOf: (name) => `Slope along ${name}`,
  stepLength: 'Next step',
  curvature: 'Curvature λmax',
  product: 'Rate × λmax',
  distance: 'To the lowest point',
  settled: 'Within 0.001 since step',
  notSettled: 'not yet',
  profile: ({ loss, promised, actual }) =>
    `The loss along the next step: now ${loss}; the slope promises ${promised}, it will be ${actual}.`,
  profileHere: 'here',
  profileStep: 'one step',
  profileKeys: ['the loss along the step', 'what the slope promises', 'what will happen'],
  profileNone: 'The next step leads to numbers that are too large to be told.',
  verdicts: {
    uphill: 'The momentum carries it uphill.',
    short: 'The step ends before the bottom of this cut.',
    bottom: 'The step ends at the bottom of this cut.',
    over: 'The step crosses the bottom and ends lower on the other side.',
    away: 'The step crosses the bottom and ends higher on the other side.',
  },
  recent: (count) =>
    count === 1 ? 'The last step: promised and actual loss' : `The last ${count} steps: promised and actual loss`,
  recentKeys: ['promised by the slope', 'actual'],
  recentNone: 'No step was taken yet.',
  curve: 'The loss of the whole way; on this scale equal heights are equal factors',
  difference: 'A minus B: + where the loss of A is higher, − where it is lower.',
  sameSurface: 'A and B stand on the same surface: the difference is 0 everywhere. Only their ways differ.',
  twin: {
    place: ({ w1, w2, loss }) => `It stands at w₁ = ${w1}, w₂ = ${w2}, where the loss is ${loss}.`,
    lowest: ({ w1, w2, distance }) => `The lowest point is at w₁ = ${w1}, w₂ = ${w2}, ${distance} away.`,
    down: ({ g1, g2, size }) => `The gradient is (${g1}, ${g2}), ${size} long: down is the other way.`,
    curvature: ({ largest, product }) =>
      `The curvature is at most ${largest}; times the learning rate that is ${product}.`,
    next: ({ length, promised, actual }) =>
      `The next step is ${length} long. The slope promises a loss of ${promised}; it will be ${actual}.`,
    walked: ({ steps, from, to }) => `In ${steps} steps the loss went from ${from} to ${to}.`,
    batches: ({ count, spread }) =>
      `The ${count} batches of this epoch would lead to places up to ${spread} apart from each other.`,
  },
}
