import { blobs, xor } from 'neurite/data'
import type { PlanarData, Separation } from 'neurite/data'
import type { StoryRecipe } from '../../packages/cli/src/recipes/recipe.ts'
import { drawPlane } from '../../packages/cli/src/terminal/plane.ts'
import { learn } from './learn.ts'
import type { Bound } from './learn.ts'
import { examplesOf } from './perceptron.ts'
import type { Examples } from './perceptron.ts'

const data: Record<string, { summary: string; points: (seed: number) => PlanarData }> = {
  blobs: {
    summary: 'two clouds of points with a gap between them',
    points: (seed) => blobs({ samples: 100, separable: true, noise: 0.8, seed }),
  },
  overlap: {
    summary: 'two clouds of points that run into each other',
    points: (seed) => blobs({ samples: 100, noise: 0.7, seed }),
  },
  xor: { summary: 'the four corners of a square, opposite corners alike', points: () => xor({ samples: 4 }) },
}

export const recipe: StoryRecipe = {
  kind: 'story',
  name: 'perceptron',
  summary: 'the perceptron and its learning rule, and what it cannot learn',
  data,
  async tell({ data: name, seed, output }) {
    const points = data[name]!.points(seed)
    const examples = examplesOf(points)
    const { perceptron, mistakes, separation, bound } = learn(examples, seed)
    const passes = mistakes.map((count, pass) => `  pass ${String(pass + 1).padStart(3)}   mistakes: ${count}`)
    output.say(
      `A perceptron looks at ${examples.labels.length} points: ${data[name]!.summary}.`,
      `It starts with random weights (seed ${seed}). Every point that it gets wrong moves them.`,
      '',
      ...(passes.length <= 10 ? passes : [...passes.slice(0, 8), '  ...', passes.at(-1)!]),
      '',
      ...(await drawPlane({
        points: points.inputs,
        labels: points.labels,
        classify: (grid) =>
          Array.from({ length: grid.length / 2 }, (_, i) => perceptron.predict([grid[2 * i]!, grid[2 * i + 1]!, 1])),
      })),
      '',
      ...(bound === undefined ? explainProof(examples, separation) : explainBound(bound, mistakes)),
    )
    if (name === 'xor') output.say('', 'A network with hidden layers can do it: neurite train mlp --data xor')
    output.event('perceptron', { data: name, seed, mistakes, weights: perceptron.weights, separation, bound })
  },
}

function explainBound({ radius, margin, fromZero, fromStart }: Bound, mistakes: readonly number[]): string[] {
  const made = mistakes.reduce((sum, count) => sum + count, 0)
  return [
    `It made ${made} mistakes, then none: a line separates the classes, and it has found one.`,
    '',
    `  R, the length of the longest example (its constant 1 included)   ${radius.toFixed(3)}`,
    `  gamma, the widest margin that a separating line can have         ${margin.toFixed(3)}`,
    `  (R/gamma)^2, the most mistakes from a start at 0                 ${fromZero.toFixed(1)}`,
    `  the most from its random weights                                  ${fromStart}`,
  ]
}

function explainProof({ points, labels }: Examples, separation: Separation): string[] {
  if (separation.separable) return []
  const side = (label: number) => separation.witnesses.filter(({ example }) => labels[example] === label)
  const describe = (label: number): string =>
    side(label)
      .map(
        ({ example, share }) =>
          `(${points[example]!.slice(0, 2)
            .map((value) => Number(value.toFixed(3)))
            .join(', ')}) x ${(2 * share).toFixed(3)}`,
      )
      .join(' + ')
  const meeting = [0, 1].map((k) =>
    side(1).reduce((sum, { example, share }) => sum + 2 * share * points[example]![k]!, 0),
  )
  return [
    'It makes mistakes in every pass, and always will: no line separates these classes.',
    'The proof:',
    '',
    `  the point (${meeting.map((value) => value.toFixed(3)).join(', ')}) lies between points of class 0:`,
    `    ${describe(0)}`,
    '  and it lies between points of class 1 as well:',
    `    ${describe(1)}`,
    '',
    'A line that has class 0 on one side has everything between its points on that side,',
    'and the same holds for class 1. This point would have to be on both sides.',
    `(The shares of each class add up to 1; the two sums differ by ${separation.remainder.toExponential(0)},`,
    'the rounding of the computer.)',
  ]
}
