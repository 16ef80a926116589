import { blobs, xor } from 'neurite/data'
import type { PlanarData } from 'neurite/data'
import type { StoryRecipe } from '../../packages/cli/src/recipes/recipe.ts'
import { drawPlane } from '../../packages/cli/src/terminal/plane.ts'
import { learn } from './learn.ts'
import type { Bound } from './learn.ts'
import { examplesOf } from './perceptron.ts'
import type { Examples } from './perceptron.ts'
import type { Separation } from './separation.ts'

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
    output.say(
      `A perceptron looks at ${examples.labels.length} points (${data[name]!.summary}). It starts with random weights`,
      '(seed ' + seed + '), and every point that it gets wrong moves them.',
      '',
      ...mistakes.slice(0, 10).map((count, pass) => `  pass ${String(pass + 1).padStart(3)}   ${count} mistakes`),
      ...(mistakes.length > 10
        ? [`  ...`, `  pass ${String(mistakes.length).padStart(3)}   ${mistakes.at(-1)!} mistakes`]
        : []),
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
    output.event('perceptron', { data: name, seed, mistakes, weights: perceptron.weights, separation, bound })
  },
}

function explainBound({ radius, margin, fromZero, fromStart }: Bound, mistakes: readonly number[]): string[] {
  const made = mistakes.reduce((sum, count) => sum + count, 0)
  return [
    `It made ${made} mistakes, then none: a line separates the classes, and the perceptron has found one.`,
    `It can make at most (R/gamma)^2 = (${radius.toFixed(3)} / ${margin.toFixed(3)})^2 = ${fromZero.toFixed(1)} mistakes from a start at 0,`,
    `and ${fromStart.toFixed(1)} from these random weights. R is the length of the longest example (its constant 1`,
    'included), gamma the widest margin that a separating line can have.',
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
    `It still makes mistakes after every pass, and always will: no line separates these classes. The proof:`,
    '',
    `  the point (${meeting.map((value) => value.toFixed(3)).join(', ')}) lies between points of class 0:  ${describe(0)}`,
    `  and it lies between points of class 1 as well:  ${describe(1)}`,
    '',
    'A line that has all of class 0 on one side has everything between these points on that side, and the same holds for',
    'class 1. The point would have to be on both sides. (Each side: points times shares that add up to 1; the two sums',
    `differ by ${separation.remainder.toExponential(0)}, the rounding of the computer.) A network with hidden layers can do it: neurite train mlp --data xor`,
  ]
}
