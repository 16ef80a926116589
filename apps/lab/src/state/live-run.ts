/** A network that was trained, or is being trained, outside the page: what the server of the lab tells of it. */
export type LiveRun =
  /** There is none, or one is about to begin. */
  | { readonly state: 'none' | 'waiting' }
  | (TrainedNetwork & { readonly state: 'training'; readonly epochs: number; readonly example: ShownExample })
  | (TrainedNetwork & { readonly state: 'saved'; readonly testAccuracy: number })

interface TrainedNetwork {
  readonly architecture: readonly LayerOutside[]
  readonly inputShape: readonly number[]
  readonly epoch: number
  readonly step: number
  /** Digits learned from so far. */
  readonly seen: number
}

/** One layer, as `model.json` describes it. */
export interface LayerOutside {
  readonly type: string
  readonly [option: string]: unknown
}

/** The digit that the terminal shows, and what the network says of it. */
interface ShownExample {
  readonly label: number
  /** 28 x 28, from 0 to 255. */
  readonly pixels: readonly number[]
  readonly probabilities: readonly number[]
}

const PIXELS = 28 * 28
const NONE: LiveRun = { state: 'none' }

/** Asks the page's own host; a host that only has files says that there is no run. */
export async function lookForRun(root: string): Promise<LiveRun> {
  try {
    const answer = await fetch(`${root}live/run.json`, { cache: 'no-store' })
    return answer.ok ? readRun(await answer.json()) : NONE
  } catch {
    // The server has gone with the training that it showed; the page has a network of its own.
    return NONE
  }
}

/** The weights of this moment, in the safetensors format; undefined where the server has none any more. */
export async function fetchWeights(root: string): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch(`${root}live/model.safetensors`, { cache: 'no-store' })
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined
  } catch {
    return undefined
  }
}

/** What the server's answer means; an answer of another kind or of another version means no run. */
export function readRun(content: unknown): LiveRun {
  if (typeof content !== 'object' || content === null) return NONE
  const run = content as Record<string, unknown>
  if (run['format'] !== 'neurite-live' || run['formatVersion'] !== 1) return NONE
  if (run['state'] === 'waiting') return { state: 'waiting' }
  const { state, architecture, inputShape, epoch, epochs = epoch, step, seen } = run
  const isNetwork =
    Array.isArray(architecture) &&
    architecture.every((layer) => typeof layer?.type === 'string') &&
    areNumbers(inputShape) &&
    inputShape.reduce((size, length) => size * length, 1) === PIXELS &&
    areNumbers([epochs, step, seen])
  if (!isNetwork) return NONE
  const network = { architecture, inputShape, step, seen } as unknown as TrainedNetwork
  if (state === 'saved' && typeof run['testAccuracy'] === 'number') {
    return { ...network, state, epoch: epochs as number, testAccuracy: run['testAccuracy'] }
  }
  const example = (run['example'] ?? {}) as Partial<ShownExample>
  const isExample =
    areNumbers(example.pixels) &&
    example.pixels.length === PIXELS &&
    areNumbers(example.probabilities) &&
    example.probabilities.length === 10 &&
    areNumbers([example.label])
  if (state !== 'training' || !isExample || !areNumbers([epoch])) return NONE
  return { ...network, state, epoch: epoch as number, epochs: epochs as number, example: example as ShownExample }
}

const areNumbers = (values: unknown): values is readonly number[] =>
  Array.isArray(values) && values.every((value) => Number.isFinite(value))
