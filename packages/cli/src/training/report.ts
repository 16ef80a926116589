import type { TensorDataset, TrainAndTest } from 'neurite/data'
import colours from 'picocolors'
import { cut, inkBox } from '../pictures/grey-picture.ts'
import type { GreyPicture } from '../pictures/grey-picture.ts'
import type { LayerStack, NetworkRecipe } from '../recipes/recipe.ts'
import { confusionMatrix, countConfusion } from '../terminal/confusion-matrix.ts'
import { lossCurve } from '../terminal/loss-curve.ts'
import { drawPicture } from '../terminal/picture.ts'
import { drawPlane } from '../terminal/plane.ts'
import { indent, percent, sideBySide, thousands } from '../terminal/text.ts'
import { classify } from './predictions.ts'
import type { Predictions } from './predictions.ts'

/** Rows of pictures in one report. */
const rowsOfMistakes = 2
const gap = 4

export const heading = (text: string): string => colours.bold(text)

/** How the loss went down. */
export function curveSection(losses: readonly number[], columns: number): string[] {
  const chart = lossCurve(losses, { width: Math.min(columns - 2, 100), height: 11 })
  return chart.length === 0 ? [] : [heading('Loss while training'), ...indent(chart), '']
}

/** The share of test examples that are right, and what was taken for what. */
export function testSection(predictions: Predictions, classNames: readonly string[]): string[] {
  const { accuracy, actual, predicted } = predictions
  const right = predicted.reduce((count, label, i) => count + Number(label === actual[i]), 0)
  return [
    `${heading('Test accuracy')}  ${colours.green(colours.bold(percent(accuracy, 2)))}  (${thousands(right)} of ${thousands(actual.length)} new examples right)`,
    '',
    `${heading('Confusion matrix')}  (row: what it is; column: what the network says)`,
    ...confusionMatrix(countConfusion(actual, predicted, predictions.classes), classNames),
    '',
  ]
}

/** The numbers of the wrong test examples, those first where the network was most sure of itself. */
export function mistakesOf({ actual, predicted, probabilities, classes }: Predictions): number[] {
  const sureness = (i: number): number => probabilities[i * classes + predicted[i]!]!
  return Array.from(actual.keys())
    .filter((i) => predicted[i] !== actual[i])
    .sort((a, b) => sureness(b) - sureness(a))
}

/** Some of the pictures that it got wrong, from mistake number `first` on. */
export function mistakesSection(
  test: TensorDataset,
  predictions: Predictions,
  columns: number,
  first = 0,
): { lines: string[]; next: number } {
  const wrong = mistakesOf(predictions)
  if (wrong.length === 0) return { lines: ['It got none of them wrong.', ''], next: 0 }
  const size = test.inputShape.at(-1)!
  const perRow = Math.max(1, Math.floor((columns - 2 + gap) / (Math.min(size, 22) + gap)))
  const shown = wrong.slice(first, first + rowsOfMistakes * perRow)
  const names = test.classNames ?? []
  const blocks = shown.map((i) => {
    const said = predictions.predicted[i]!
    const sure = percent(predictions.probabilities[i * predictions.classes + said]!, 0)
    const caption = `${names[predictions.actual[i]!]!}, read as ${colours.red(names[said])} (${sure})`
    return [...drawPicture(pictureOf(test, i)), caption]
  })
  const lines = [
    `${heading('Wrong')}  (${shown.length} of ${thousands(wrong.length)}, those first where the network was most sure)`,
  ]
  for (let start = 0; start < blocks.length; start += perRow) {
    lines.push('', ...indent(sideBySide(bottomAligned(blocks.slice(start, start + perRow)), gap)))
  }
  const next = first + shown.length
  return { lines: [...lines, ''], next: next < wrong.length ? next : 0 }
}

/** A test picture without its empty border. */
export function pictureOf(test: TensorDataset, index: number): GreyPicture {
  const [height, width] = test.inputShape.slice(-2) as [number, number]
  const picture = { pixels: Float32Array.from(test.example(index).input), width, height }
  const box = inkBox(picture, 0.25)
  return box === undefined
    ? picture
    : cut(picture, { ...box, top: box.top - (box.top % 2), height: box.height + (box.top % 2) })
}

function bottomAligned(blocks: readonly string[][]): string[][] {
  const height = Math.max(...blocks.map((block) => block.length))
  return blocks.map((block) => [...Array.from({ length: height - block.length }, () => ''), ...block])
}

/** Which part of the plane the network gives to which class. */
export async function planeSection(
  recipe: NetworkRecipe,
  model: LayerStack,
  { test }: TrainAndTest,
): Promise<string[]> {
  if (recipe.preprocessing.kind !== 'points') return []
  const examples = Array.from({ length: test.length }, (_, i) => test.example(i))
  const plane = await drawPlane({
    points: examples.flatMap(({ input }) => [...input]),
    labels: examples.map(({ target }) => target[0]!),
    classify: (grid) => classify(model, grid, [2]),
  })
  return [
    `${heading('What it learned')}  (the test points, and the class that the network gives to every place)`,
    ...indent(plane),
    '',
  ]
}
