import type { JSX } from 'preact'
import type { SurfaceFrame } from '../../core/protocol.ts'
import { SURFACE_NUMBERS, distance } from '../../core/surface.ts'
import type { PageMessages } from '../../locales/messages.ts'
import { useNumbers, usePage } from '../context.ts'
import { shown } from '../shown.ts'
import { NumbersTwin, Twin } from '../twin.tsx'

/** The map in words: a function of the frame. */
export function surfaceText(
  frame: SurfaceFrame,
  learningRate: number,
  { surface: { twin, ...surface } }: PageMessages,
  print: (value: number) => string,
): string[] {
  const { place, gradient, lowest, next, curve, batchSteps } = frame
  const lines = [twin.place({ w1: print(place[0]), w2: print(place[1]), loss: print(frame.loss) })]
  if (lowest !== undefined) {
    const [w1, w2] = lowest.place
    lines.push(twin.lowest({ w1: print(w1), w2: print(w2), distance: print(lowest.distance) }))
  }
  const [g1, g2] = gradient
  lines.push(twin.down({ g1: print(g1), g2: print(g2), size: print(distance(gradient, [0, 0])) }))
  const { largest } = frame.curvature
  lines.push(twin.curvature({ largest: print(largest), product: print(learningRate * largest) }))
  lines.push(
    next === undefined
      ? surface.profileNone
      : twin.next({
          length: print(next.length),
          promised: print(frame.loss + next.predicted),
          actual: print(frame.loss + next.actual),
        }),
  )
  if (batchSteps.length > 0) {
    lines.push(twin.batches({ count: batchSteps.length / 2, spread: print(spreadOf(batchSteps)) }))
  }
  const [first, last] = [curve[0], curve.at(-1)]
  if (first !== undefined && last !== undefined && frame.step > 0) {
    lines.push(twin.walked({ steps: frame.step, from: print(first.loss), to: print(frame.loss) }))
  }
  return lines
}

function spreadOf(places: Float32Array): number {
  let most = 0
  for (let i = 0; i < places.length; i += 2) {
    for (let j = 0; j < i; j += 2) {
      most = Math.max(most, distance([places[i]!, places[i + 1]!], [places[j]!, places[j + 1]!]))
    }
  }
  return most
}

export function SurfaceTwin({ frame }: { readonly frame: SurfaceFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const print = useNumbers()
  const { learningRate } = lab.run.value.spec.optimiser
  const rows = SURFACE_NUMBERS.map((name, i) => ({
    name: shown(name),
    address: { kind: 'parameter', path: name, index: 0 } as const,
    value: frame.place[i]!,
    slope: frame.gradient[i]!,
  }))
  return (
    <Twin>
      <NumbersTwin lines={surfaceText(frame, learningRate, messages, print)} rows={rows} print={print} />
    </Twin>
  )
}
