/** The geometry of the map of a loss: places to pixels, and the path that was walked on it. */
export interface MapFrame {
  readonly low: number
  readonly high: number
  readonly size: number
}

type Place = readonly [number, number]

/** So far outside of the picture nothing can be told apart, and numbers stay short. */
const FAR = 3000
/** So many of the last steps have a dot each. */
const DOTS = 60

export function onMap([w1, w2]: Place, { low, high, size }: MapFrame): Place {
  const clamp = (value: number): number => (value > FAR ? FAR : value < -FAR ? -FAR : value)
  const share = (value: number): number => (value - low) / (high - low)
  return [clamp(share(w1) * size), clamp(size - share(w2) * size)]
}

/** The place below a pixel, to a hundredth. */
export function fromMap([x, y]: Place, { low, high, size }: MapFrame): Place {
  const share = (value: number): number => Math.max(0, Math.min(1, value / size))
  const place = (value: number): number => Math.round((low + value * (high - low)) * 100) / 100
  return [place(share(x)), place(share(size - y))]
}

const print = ([x, y]: Place): string => `${x.toFixed(1)} ${y.toFixed(1)}`

/** The way as one line, broken where a hand has moved it; and a dot for each step that can be told from the one before. */
export function wayPaths(
  { places, jumps }: { readonly places: Float32Array; readonly jumps: readonly number[] },
  frame: MapFrame,
): { line: string; dots: string } {
  const parts: string[] = []
  const dots: string[] = []
  let last: Place | undefined
  const isJump = new Set(jumps)
  for (let i = 0; i < places.length / 2; i++) {
    const at = onMap([places[2 * i]!, places[2 * i + 1]!], frame)
    if (isJump.has(i) || last === undefined) parts.push(`M${print(at)}`)
    else {
      const moved = Math.abs(at[0] - last[0]) + Math.abs(at[1] - last[1])
      if (moved < 0.3) continue
      parts.push(`L${print(at)}`)
      // Older ones would only cover each other.
      if (moved > 4 && i >= places.length / 2 - DOTS)
        dots.push(`M${print([at[0] - 1.8, at[1]])}a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0 -3.6 0`)
    }
    last = at
  }
  return { line: parts.join(''), dots: dots.join('') }
}

export interface ProfileFrame {
  readonly width: number
  readonly height: number
  readonly low: number
  readonly high: number
}

/** Axes for the loss along a step: they hold the curve, and what the slope promises as far as that is reasonable. */
export function profileFrame(losses: Float64Array, promised: number, width: number, height: number): ProfileFrame {
  let [low, high] = [Infinity, -Infinity]
  for (const loss of losses) {
    low = Math.min(low, loss)
    high = Math.max(high, loss)
  }
  low = Math.min(low, Math.max(promised, low - 1.2 * (high - low)))
  const room = Math.max(high - low, 1e-12 * Math.abs(high), 1e-30) * 0.06
  return { width, height, low: low - room, high: high + room }
}

/** A loss at `t` steps from here. */
export const onProfile = (t: number, loss: number, { width, height, low, high }: ProfileFrame): Place => [
  (t / 2) * width,
  height * (1 - Math.max(0, Math.min(1, (loss - low) / (high - low)))),
]

/** How far along the step the straight line of the slope stays in the picture. */
export const slopeEnd = (loss: number, promised: number, { low }: ProfileFrame): number =>
  promised >= low ? 1 : (loss - low) / (loss - promised)

export const profilePath = (losses: Float64Array, frame: ProfileFrame): string =>
  `M${Array.from(losses, (loss, i) => print(onProfile((2 * i) / (losses.length - 1), loss, frame))).join('L')}`
