import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { PlaneFrame } from '../../core/protocol.ts'
import { lineInSquare } from '../../draw/line.ts'
import { usePage } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'

const SIZE = 260
const GRID_LINES = 10

/** The world as the last hidden layer sees it: its grid bent, its points moved, cut by one straight line. */
export function Folded({ frame }: { readonly frame: PlaneFrame }): JSX.Element | null {
  const { messages } = usePage()
  const { folded } = useLaterWords()
  const activations = frame.activations.at(-1)
  const surface = frame.unitSurfaces.at(-1)
  const output = frame.parameters.at(-2)
  const bias = frame.parameters.at(-1)
  const units = output?.values.length ?? 0
  const [axes, setAxes] = useState<readonly [number, number] | undefined>(undefined)
  const strongest = useMemo(() => strongestTwo(output?.values), [units])
  if (activations === undefined || surface === undefined || output === undefined || bias === undefined) return null
  if (units < 2) return <p class="note">{folded.one}</p>
  const [a, b] = axes !== undefined && Math.max(...axes) < units ? axes : strongest
  const reach = extent(activations, units, a, b)
  const place = (value: number): number => ((value / reach + 1) / 2) * SIZE
  const { labels } = frame.points
  const line = units === 2 ? lineInSquare(output.values[a]!, output.values[b]!, bias.values[0]!, reach) : undefined
  const point = (i: number): readonly [number, number] => [
    place(activations[i * units + a]!),
    SIZE - place(activations[i * units + b]!),
  ]
  const choice = (name: string, value: number, set: (unit: number) => void): JSX.Element => (
    <label>
      <span>{name}</span>
      <select value={String(value)} onChange={(event) => set(Number(event.currentTarget.value))}>
        {Array.from({ length: units }, (_, unit) => (
          <option key={unit} value={String(unit)}>
            {messages.card.unit(frame.activations.length, unit + 1)}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <div class="folded">
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
        <path class="bent-grid" d={bentGrid(frame, surface, units, a, b, place)} />
        {line !== undefined && (
          <line
            class="contour"
            x1={place(line[0])}
            y1={SIZE - place(line[1])}
            x2={place(line[2])}
            y2={SIZE - place(line[3])}
          />
        )}
        {Array.from(labels, (label, i) => {
          const [x, y] = point(i)
          return label > 0.5 ? (
            <circle key={i} class="point plus" cx={x.toFixed(1)} cy={y.toFixed(1)} r="3.2" />
          ) : (
            <path key={i} class="point minus" d={`M${(x - 3.7).toFixed(1)} ${(y + 3).toFixed(1)}h7.4l-3.7-6.6z`} />
          )
        })}
      </svg>
      <div class="folded-text">
        <p class="note">{folded.note}</p>
        {units > 2 && (
          <div class="axes">
            {choice(folded.across, a, (unit) => setAxes([unit, b]))}
            {choice(folded.up, b, (unit) => setAxes([a, unit]))}
          </div>
        )}
      </div>
    </div>
  )
}

/** The two units on which the output depends most, in their order. */
function strongestTwo(weights: Float32Array | undefined): readonly [number, number] {
  const order = Array.from(weights ?? [], (weight, unit) => ({ unit, size: Math.abs(weight) })).sort(
    (p, q) => q.size - p.size,
  )
  const [first, second] = [order[0]?.unit ?? 0, order[1]?.unit ?? 1]
  return first < second ? [first, second] : [second, first]
}

function extent(activations: Float32Array, units: number, a: number, b: number): number {
  let reach = 1.08
  for (let i = 0; i < activations.length; i += units) {
    reach = Math.max(reach, 1.08 * Math.abs(activations[i + a]!), 1.08 * Math.abs(activations[i + b]!))
  }
  return Number.isFinite(reach) ? reach : 1.08
}

/** Lines of the world's grid, drawn where the two units put them. */
function bentGrid(
  frame: PlaneFrame,
  surface: Float32Array,
  units: number,
  a: number,
  b: number,
  place: (value: number) => number,
): string {
  const { size } = frame.surface
  const at = (row: number, column: number): string => {
    const i = (row * size + column) * units
    return `${place(surface[i + a]!).toFixed(1)} ${(SIZE - place(surface[i + b]!)).toFixed(1)}`
  }
  const all = Array.from({ length: size }, (_, i) => i)
  const kept = all.filter((i) => i % Math.floor(size / GRID_LINES) === 2)
  const rows = kept.map((row) => `M${all.map((column) => at(row, column)).join('L')}`)
  const columns = kept.map((column) => `M${all.map((row) => at(row, column)).join('L')}`)
  return [...rows, ...columns].join('')
}
