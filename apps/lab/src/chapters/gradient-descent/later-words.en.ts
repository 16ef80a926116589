import type { SurfaceLaterMessages } from '../../locales/bench-messages.ts'

export const surface: SurfaceLaterMessages = {
  startTitle: 'Where it starts',
  startAt: (name) => `Start ${name}`,
  answer: { fit: 'answer = w₁ × x₁ + w₂ × x₂', network: '17 weights = untrained + w₁ × way to A + w₂ × way to B' },
  scenes: { fit: 'A long valley', otherFit: 'Another valley', network: 'A network' },
  sceneName: 'Landscape',
  sceneExplanation: 'What is fitted: the two weights of a straight fit, or a network that may move in two directions.',
  momentum: 'Momentum',
  momentumExplanation: 'How much of the last step goes into the next one. At 0 every step begins from rest.',
  profile: ({ loss, promised, actual }) =>
    `The loss along the next step: now ${loss}; the slope promises ${promised}, it will be ${actual}.`,
  profileHere: 'here',
  profileStep: 'one step',
  profileKeys: ['the loss along the step', 'what the slope promises', 'what will happen'],
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
  curve: 'The loss of the whole way; on this scale equal heights are equal factors',
  difference: 'A minus B: + where the loss of A is higher, − where it is lower.',
  sameSurface: 'A and B stand on the same surface: the difference is 0 everywhere. Only their ways differ.',
}
