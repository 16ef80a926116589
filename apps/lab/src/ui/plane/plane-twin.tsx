import type { JSX } from 'preact'
import type { PlaneFrame } from '../../core/protocol.ts'
import { crossingsAlongMiddle } from '../../draw/contour.ts'
import type { PageMessages } from '../../locales/messages.ts'
import { useNumbers, usePage } from '../context.ts'
import { NumbersTwin, Twin } from '../twin.tsx'
import { unitNames } from '../unit-names.ts'

/** The same state in words: a function of the frame, so that it can never say anything else than the picture. */
export function twinText(
  frame: PlaneFrame,
  example: number,
  { plane: twin, classes }: PageMessages,
  print: (value: number) => string,
): string[] {
  const { values, size, reach } = frame.surface
  const crossings = crossingsAlongMiddle(values, size, reach)
  const blue = values.reduce((count, value) => count + (value > 0 ? 1 : 0), 0) / values.length
  const boundary = crossings.length === 0 ? twin.noBoundary : twin.crosses(crossings.map(print).join('; '))
  const lines = [
    twin.world({ right: frame.right, of: frame.points.labels.length, boundary, blue: `${Math.round(blue * 100)} %` }),
  ]
  let strongest = { unit: '', by: 0 }
  for (const [layer, units] of frame.importance.entries()) {
    for (const [unit, by] of units.entries())
      if (by > strongest.by) strongest = { unit: `${layer + 1}.${unit + 1}`, by }
  }
  const layers = frame.importance.map(({ length }) => `${length} + `).join('')
  lines.push(
    twin.machine({
      layers,
      strongest: strongest.unit === '' ? '' : twin.strongest(strongest.unit, print(strongest.by)),
    }),
  )
  if (frame.dead.length > 0) lines.push(twin.dead(unitNames(frame.dead)))
  const at = Math.min(example, frame.points.labels.length - 1)
  const output = frame.outputs[at]!
  lines.push(
    twin.example({
      index: at + 1,
      x: print(frame.points.inputs[2 * at]!),
      y: print(frame.points.inputs[2 * at + 1]!),
      truth: classes[frame.points.labels[at]! > 0.5 ? 1 : 0],
      output: print(output),
      said: classes[output > 0 ? 1 : 0],
    }),
  )
  return lines
}

export function PlaneTwin({ frame }: { readonly frame: PlaneFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const print = useNumbers()
  const rows = frame.parameters.flatMap(({ path, values, gradient }) =>
    Array.from(values, (value, index) => ({
      name: `${path}[${index}]`,
      address: { kind: 'parameter', path, index } as const,
      value,
      slope: gradient?.[index],
    })),
  )
  return (
    <Twin>
      <NumbersTwin lines={twinText(frame, lab.example.value, messages, print)} rows={rows} print={print} />
    </Twin>
  )
}
