import type { Insight, LayerStack } from '../../packages/cli/src/recipes/recipe.ts'
import { drawPicture } from '../../packages/cli/src/terminal/picture.ts'
import { indent, percent, sideBySide } from '../../packages/cli/src/terminal/text.ts'
import { occlusionMap } from './occlusion.ts'
import type { OcclusionMap } from './occlusion.ts'
import { scenes, side, testSize, trainSize } from './scenes.ts'

/** Pictures with a ball that are looked at. */
const looked = 100
/** Of them, those that are shown. */
const shown = 2

/** What slid patches tell about a network. */
export interface Attention {
  /** How often the answer falls most with the patch's middle on the ball itself. */
  readonly onBall: number
  readonly scenes: number
  /** The share of all pictures that balls cover: how often it would happen by chance. */
  readonly byChance: number
}

interface Looked extends OcclusionMap {
  readonly pixels: Float32Array
  readonly isOnBall: boolean
}

/** Slides a patch over test scenes with a ball, and asks whether the answer falls most where the ball is. */
export async function attention(network: LayerStack, seed: number, count = looked) {
  // Every second scene has a ball.
  const { images, labels, places } = scenes(Math.min(testSize, 2 * count), trainSize, seed)
  const found: Looked[] = []
  let covered = 0
  for (const [i, label] of labels.entries()) {
    if (label === 0) continue
    const pixels = images.subarray(i * side * side, (i + 1) * side * side)
    const [x, y, radius] = places.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number]
    const map = await occlusionMap(network, { pixels, width: side, height: side })
    const [across, down] = [map.most.column + 0.5 - x, map.most.row + 0.5 - y]
    const isOnBall = across * across + down * down <= radius * radius
    found.push({ ...map, pixels, isOnBall })
    covered += (Math.PI * radius * radius) / (side * side)
  }
  const onBall = found.filter(({ isOnBall }) => isOnBall).length / found.length
  const summary: Attention = { onBall, scenes: found.length, byChance: covered / found.length }
  return { summary, found }
}

/** What the report of the training says about where the network looks. */
export async function insight(network: LayerStack, seed: number): Promise<Insight> {
  const { summary, found } = await attention(network, seed)
  const blocks = found.slice(0, shown).flatMap(({ pixels, drops }) => {
    const highest = drops.reduce((a, b) => Math.max(a, b), 0) || 1
    const darkness = drops.map((drop) => Math.max(0, drop) / highest)
    return [pixels, darkness].map((values) => drawPicture({ pixels: values, width: side, height: side }))
  })
  return {
    title: 'Where it looks',
    about: 'left: the scene; right: how far the answer falls when a grey patch hides that place',
    lines: [
      ...indent(sideBySide(blocks.slice(0, 2), 4)),
      '',
      ...indent(sideBySide(blocks.slice(2, 4), 4)),
      '',
      `  In ${percent(summary.onBall, 0)} of ${summary.scenes} scenes it falls most with the patch on the ball (by chance ${percent(summary.byChance, 0)}).`,
    ],
    event: { ...summary },
  }
}
