import { gaussianRing } from 'neurite/data'
import type { StudyRecipe } from '../../packages/cli/src/recipes/study.ts'
import { drawPicture } from '../../packages/cli/src/terminal/picture.ts'
import { indent, percent, sideBySide } from '../../packages/cli/src/terminal/text.ts'
import { ganEvents } from '../../packages/cli/src/training/gan-events.ts'
import { learningRate, measure, noise, points, trainRing } from './course.ts'
import { latentSize } from './networks.ts'

const samples = 2_000

export const recipe: StudyRecipe = {
  kind: 'study',
  name: 'gaussian-ring',
  summary: 'does a generator find all eight Gaussians of a ring?',
  data: { generated: { summary: 'points of eight narrow Gaussians on a circle' } },
  epochs: 30,
  batchSize: 256,
  unit: 'points',
  async study(context) {
    const { epochs, batchSize, seed, signal } = context
    const onStep = ganEvents(context, Math.floor(points / batchSize), () => learningRate)
    const generator = await trainRing({ epochs, batchSize, seed, signal, onStep })
    const { made, coverage } = await measure(generator, samples)
    const real = gaussianRing({ samples, noise, seed: seed + 1 }).inputs
    return {
      model: generator,
      description: { latentSize },
      results: { ...coverage, samples },
      lines: [
        'left: real points; right: points that the generator makes from noise',
        ...indent(sideBySide([drawPicture(density(real)), drawPicture(density(made))], 4)),
        '',
        `Found ${coverage.modes} of 8 Gaussians; ${percent(coverage.close)} of ${samples} points lie within three deviations of a centre.`,
      ],
    }
  },
}

/** How many points lie in each cell of the square from -2.5 to 2.5, on a scale where a few are seen already. */
function density(xy: ArrayLike<number>, side = 36) {
  const counts = new Float32Array(side * side)
  for (let i = 0; i < xy.length; i += 2) {
    const [column, row] = [Math.floor((xy[i]! / 5 + 0.5) * side), Math.floor((0.5 - xy[i + 1]! / 5) * side)]
    if (column >= 0 && column < side && row >= 0 && row < side) counts[row * side + column]!++
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 1)
  return { pixels: counts.map((count) => Math.sqrt(count / most)), width: side, height: side }
}
