import type { SurfaceMessages } from '../../locales/bench-messages.ts'

export const surface: SurfaceMessages = {
  panels: { world: 'World: the loss as a map', machine: 'Machine: the next step, cut open' },
  map: 'Map of the loss',
  mapNote: 'Click on the map to start somewhere else. Each line joins places of equal loss; inwards it gets lower.',
  start: (w1, w2) => `Start: w₁ = ${w1}, w₂ = ${w2}. Arrow keys move it.`,
  gradientOf: (name) => `Slope along ${name}`,
  stepLength: 'Next step',
  curvature: 'Curvature λmax',
  product: 'Rate × λmax',
  distance: 'To the lowest point',
  settled: 'Within 0.001 since step',
  notSettled: 'not yet',
  profileNone: 'The next step leads to numbers that are too large to be told.',
  recentNone: 'No step was taken yet.',
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
