import { join } from 'node:path'
import { drawPicture } from '../../packages/cli/src/terminal/picture.ts'
import { indent, percent, sideBySide } from '../../packages/cli/src/terminal/text.ts'
import { writeSheet } from '../../packages/cli/src/pictures/write-sheet.ts'
import type { StudyRecipe } from '../../packages/cli/src/recipes/study.ts'
import { ganEvents } from '../../packages/cli/src/training/gan-events.ts'
import { recipe as digits } from '../digits/recipe.ts'
import { drawSamples, learningRateOf, trainDcgan } from './course.ts'
import { findJudge, judge } from './judge.ts'

/** Samples that are judged, and those of them on the sheet. */
const [judged, onSheet] = [1_000, 100]

export const recipe: StudyRecipe = {
  kind: 'study',
  name: 'dcgan',
  summary: 'a forger and a detective: pictures of digits that nobody wrote',
  data: {
    mnist: { summary: 'the pictures of MNIST, without their labels' },
    generated: { summary: 'generated digits, without their labels' },
  },
  epochs: 20,
  batchSize: 64,
  unit: 'images',
  async study(context) {
    const { dataName, epochs, batchSize, seed, mirror, signal, onLoading, columns, folder } = context
    const { train } = await digits.data[dataName]!.load({ seed, signal, mirror, onProgress: onLoading })
    signal.throwIfAborted()
    const steps = Math.floor(train.length / batchSize)
    const onStep = ganEvents(context, steps, learningRateOf(epochs * steps))
    const generator = await trainDcgan({ pictures: train, epochs, batchSize, seed, signal, onStep })
    const samples = await drawSamples(generator, judged, seed)
    const sheet = join(folder, 'samples.png')
    writeSheet(sheet, samples.subarray(0, onSheet * 784), { side: 28, columns: 10 })
    const perRow = Math.max(1, Math.min(5, Math.floor((columns - 2) / 32)))
    const shown = Array.from({ length: perRow }, (_, i) =>
      drawPicture({ pixels: samples.subarray(i * 784, (i + 1) * 784), width: 28, height: 28 }),
    )
    const reader = findJudge()
    const judgement = reader === undefined ? undefined : await judge(reader.network, samples)
    return {
      model: generator,
      description: { latentSize: 100, pictures: [1, 28, 28] },
      results: { sheet, judge: reader?.folder, ...judgement },
      lines: [
        'Made by the generator, from noise',
        ...indent(sideBySide(shown, 4)),
        '',
        `${onSheet} of them as a picture: ${sheet}`,
        ...(judgement === undefined
          ? ["Nobody judged them: there is no network that reads digits; 'neurite train cnn' makes one."]
          : [
              `${judged} of them, read by the network in ${reader!.folder}:`,
              ...judgement.shares.map((share, digit) => `  ${digit}  ${percent(share).padStart(7)}`),
              `  mean confidence ${percent(judgement.confidence)}`,
            ]),
      ],
    }
  },
}
