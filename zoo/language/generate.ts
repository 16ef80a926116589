import { compile, fromData, noGrad, RandomStream } from 'neurite'
import type { Tensor } from 'neurite'
import { RecurrentLanguageModel } from './networks.ts'
import type { LanguageModel } from './networks.ts'

export interface GenerateOptions {
  /** The tokens that it goes on from; at least one. */
  readonly start: ArrayLike<number>
  /** At most so many tokens are added. */
  readonly count: number
  /** Ends with this token, which is not among the result. */
  readonly end?: number
  readonly seed?: number
}

/** Gives the probabilities of the next token, one token at a time. */
type Reader = (token: number) => Promise<Float32Array>

interface Source {
  readonly begin: () => Reader
  readonly free: () => void
}

/** A sampler of texts; compiled once, to be freed at the end. */
export interface Generator {
  readonly generate: (options: GenerateOptions) => Promise<number[]>
  readonly free: () => void
}

/** @param temperature below 1 it keeps to what is likely, above it dares more */
export function makeGenerator(model: LanguageModel, temperature = 1): Generator {
  const source =
    model instanceof RecurrentLanguageModel ? readWithState(model, temperature) : readWindow(model, temperature)
  return {
    async generate({ start, count, end, seed = 0 }) {
      const stream = new RandomStream(seed, 'generate')
      const read = source.begin()
      let next: Float32Array = new Float32Array()
      for (let i = 0; i < start.length; i++) next = await read(start[i]!)
      const result: number[] = []
      while (result.length < count) {
        const token = draw(next, stream.uniform())
        if (token === end) break
        result.push(token)
        if (result.length < count) next = await read(token)
      }
      return result
    },
    free: () => source.free(),
  }
}

function readWithState(model: RecurrentLanguageModel, temperature: number): Source {
  const advance = (x: Tensor, state?: readonly Tensor[]) => {
    const { scores, state: next } = model.advance(x, state)
    return { chances: scores.div(temperature).softmax(-1), state: next }
  }
  const first = compile((x: Tensor) => advance(x))
  const further = compile((x: Tensor, ...state: Tensor[]) => advance(x, state))
  return {
    begin() {
      let state: readonly Tensor[] | undefined
      return (token) => {
        const x = fromData(Int32Array.of(token), [1, 1]) as unknown as Tensor
        const found = noGrad(() => (state === undefined ? first(x) : further(x, ...state)))
        state = found.state
        return found.chances.data()
      }
    },
    free() {
      first.free()
      further.free()
    },
  }
}

/** A transformer has no state: it looks again at the last tokens, in a window of one length so that one program does. */
function readWindow(model: Exclude<LanguageModel, RecurrentLanguageModel>, temperature: number): Source {
  const { steps } = model
  const program = compile((x: Tensor) => model.forward(x).div(temperature).softmax(-1))
  return {
    begin() {
      const seen: number[] = []
      return async (token) => {
        seen.push(token)
        const window = new Int32Array(steps)
        const last = seen.slice(-steps)
        window.set(last)
        const chances = await noGrad(() => program(fromData(window, [1, steps]) as unknown as Tensor)).data()
        const size = chances.length / steps
        return chances.slice((last.length - 1) * size, last.length * size)
      }
    },
    free: () => program.free(),
  }
}

/** The token at which the sum of the probabilities passes `place`, from 0 to 1. */
function draw(chances: Float32Array, place: number): number {
  let left = place * chances.reduce((sum, chance) => sum + chance, 0)
  for (const [token, chance] of chances.entries()) {
    left -= chance
    if (left < 0) return token
  }
  return chances.lastIndexOf(chances.reduce((a, b) => Math.max(a, b), 0))
}
