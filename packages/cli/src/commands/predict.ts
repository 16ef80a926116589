import { ArgumentError, fromData, NeuriteError, noGrad, setThreads } from 'neurite'
import type { Tensor } from 'neurite'
import colours from 'picocolors'
import { exitCodes } from '../command-line/exit-codes.ts'
import type { PredictFlags } from '../command-line/program.ts'
import { loadModel } from '../model-file/load.ts'
import type { LoadedModel } from '../model-file/load.ts'
import { createOutput } from '../output.ts'
import type { Output } from '../output.ts'
import { contrast } from '../pictures/contrast.ts'
import { toGrey } from '../pictures/grey.ts'
import type { GreyPicture } from '../pictures/grey-picture.ts'
import { readPng } from '../pictures/read-png.ts'
import { toDigit } from '../pictures/to-digit.ts'
import { toSquare } from '../pictures/to-square.ts'
import type { Preprocessing } from '../recipes/recipe.ts'
import { probabilityBars } from '../terminal/bars.ts'
import { drawPicture } from '../terminal/picture.ts'
import { indent, percent, sideBySide } from '../terminal/text.ts'
import { largest } from '../training/predictions.ts'

/** `neurite predict MODEL FILE...`: a file that is no picture does not keep the others from being classified. */
export async function predict(modelPath: string, files: readonly string[], flags: PredictFlags): Promise<number> {
  const output = createOutput(flags.json === true)
  const { network, description } = loadModel(modelPath)
  if (flags.threads !== undefined) setThreads(flags.threads)
  const { preprocessing, classNames } = description
  if (preprocessing.kind === 'points') {
    throw new ArgumentError({
      what: `the model in ${modelPath} classifies points of the plane, and ${files[0]!} should be a picture`,
      expected: "a model that classifies pictures, such as those of the recipes 'digits' and 'ball'",
      fix: 'train one: neurite train digits',
    })
  }
  let failed = false
  for (const file of files) {
    try {
      const picture = prepare(file, preprocessing)
      const probabilities = await probabilitiesOf({ network, description }, picture)
      show(file, picture, probabilities, classNames, output)
    } catch (error) {
      if (!(error instanceof NeuriteError)) throw error
      failed = true
      process.stderr.write(`${error.message}\n`)
      output.event('error', { file, what: error.what, expected: error.expected, fix: error.fix })
    }
  }
  return failed ? exitCodes.failed : exitCodes.done
}

/** The picture as the network sees it. */
function prepare(file: string, preprocessing: Exclude<Preprocessing, { kind: 'points' }>): GreyPicture {
  const grey = toGrey(readPng(file))
  return preprocessing.kind === 'digit' ? toDigit(grey, file) : contrast(toSquare(grey, preprocessing.side))
}

async function probabilitiesOf({ network, description }: LoadedModel, picture: GreyPicture): Promise<Float32Array> {
  const input = fromData(Float32Array.from(picture.pixels), [1, ...description.inputShape])
  const output: Tensor = noGrad(() => network.forward(input as Tensor))
  return await output.softmax(1).data()
}

function show(
  file: string,
  picture: GreyPicture,
  probabilities: Float32Array,
  names: readonly string[],
  output: Output,
): void {
  const best = largest(probabilities)
  output.say(
    `${file}: ${colours.bold(names[best])} (${percent(probabilities[best]!)})`,
    '',
    ...indent(sideBySide([drawPicture(picture), ['', ...probabilityBars(probabilities, names)]], 4)),
    '',
    colours.dim('  left: the picture as the network sees it'),
    '',
  )
  output.event('prediction', {
    file,
    class: names[best]!,
    probability: probabilities[best]!,
    probabilities: Object.fromEntries(names.map((name, i) => [name, probabilities[i]!])),
  })
}
