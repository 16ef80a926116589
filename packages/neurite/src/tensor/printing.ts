/** Tensors as text, in the manner of PyTorch. */
import type { DType, HostArray, Shape } from '../graph/node.ts'
import { elementCount } from '../graph/node.ts'

/** Above this many elements only the edges are shown. */
const SUMMARISE_ABOVE = 1000
const EDGE = 3
const LINE_WIDTH = 80
const OPENING = 'tensor('

/** `tensor([[1.0000, 2.0000], ...])`: four digits, whole numbers as `1.`, scientific where sizes differ much. */
export function formatTensor(values: HostArray, shape: Shape, dtype: DType, requiresGrad = false): string {
  const suffix =
    (dtype === 'int32' || dtype === 'uint8' ? `, dtype=${dtype}` : '') + (requiresGrad ? ', requiresGrad=true' : '')
  const count = elementCount(shape)
  if (count === 0) {
    const size = shape.length === 1 ? '' : `, shape=[${shape.join(', ')}]`
    return `${OPENING}[]${size}${dtype === 'bool' ? ', dtype=bool' : ''}${suffix})`
  }
  const isSummary = count > SUMMARISE_ABOVE
  const format = formatter(shownValues(values, shape, isSummary), dtype)
  return `${OPENING}${nested(values, shape, 0, 0, OPENING.length, isSummary, format)}${suffix})`
}

/** What stands for a tensor whose values are not known: `Tensor(shape=[2, 3], dtype=float32, ...)`. */
export function summaryLine(shape: Shape, dtype: DType, isRecording: boolean): string {
  const state = isRecording ? 'recorded by compile' : 'not evaluated: await t.data()'
  return `Tensor(shape=[${shape.join(', ')}], dtype=${dtype}, ${state})`
}

/** The places along an axis that are shown; -1 stands for what is left out. */
function shownPlaces(length: number, isSummary: boolean): number[] {
  if (!isSummary || length <= 2 * EDGE) return Array.from({ length }, (_, i) => i)
  const edges = Array.from({ length: EDGE }, (_, i) => i)
  return [...edges, -1, ...edges.map((i) => length - EDGE + i)]
}

function shownValues(values: HostArray, shape: Shape, isSummary: boolean): number[] {
  if (!isSummary) return [...values]
  let offsets = [0]
  for (const length of shape) {
    const places = shownPlaces(length, true).filter((place) => place >= 0)
    offsets = offsets.flatMap((offset) => places.map((place) => offset * length + place))
  }
  return offsets.map((offset) => values[offset]!)
}

function nested(
  values: HostArray,
  shape: Shape,
  axis: number,
  offset: number,
  indent: number,
  isSummary: boolean,
  format: (value: number) => string,
): string {
  if (axis === shape.length) return format(values[offset]!).trimStart()
  const length = shape[axis]!
  const places = shownPlaces(length, isSummary)
  const inner = indent + 1
  if (axis === shape.length - 1) {
    const parts = places.map((place) => (place < 0 ? ' ...' : format(values[offset * length + place]!)))
    return `[${wrap(parts, inner)}]`
  }
  const parts = places.map((place) =>
    place < 0 ? '...' : nested(values, shape, axis + 1, offset * length + place, inner, isSummary, format),
  )
  const gap = `,${'\n'.repeat(shape.length - axis - 1)}${' '.repeat(inner)}`
  return `[${parts.join(gap)}]`
}

/** Joins the numbers of one row, in lines that fit a terminal. */
function wrap(parts: readonly string[], indent: number): string {
  const width = Math.max(...parts.map((part) => part.length))
  const perLine = Math.max(1, Math.floor((LINE_WIDTH - indent) / (width + 2)))
  const lines: string[] = []
  for (let i = 0; i < parts.length; i += perLine) lines.push(parts.slice(i, i + perLine).join(', '))
  return lines.join(`,\n${' '.repeat(indent)}`)
}

function formatter(shown: readonly number[], dtype: DType): (value: number) => string {
  const write = writer(shown, dtype)
  const width = Math.max(...shown.map((value) => write(value).length))
  return (value) => write(value).padStart(width)
}

function writer(shown: readonly number[], dtype: DType): (value: number) => string {
  if (dtype === 'bool') return (value) => (value === 0 ? 'false' : 'true')
  if (dtype !== 'float32') return String
  const sizes = shown.filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs)
  const largest = Math.max(0, ...sizes)
  const smallest = Math.min(Infinity, ...sizes)
  const isWhole = sizes.every(Number.isInteger)
  const isWide = largest / smallest > 1000 || largest > 1e8
  if (isWide || (!isWhole && smallest < 1e-4)) return finite((value) => scientific(value))
  return finite((value) => (isWhole ? `${value.toFixed(0)}.` : value.toFixed(4)))
}

const finite =
  (write: (value: number) => string) =>
  (value: number): string => {
    if (Number.isNaN(value)) return 'nan'
    if (Number.isFinite(value)) return write(value)
    return value > 0 ? 'inf' : '-inf'
  }

/** Four digits and at least two of the exponent: 1.5000e-05. */
function scientific(value: number): string {
  const [digits, exponent] = value.toExponential(4).split('e') as [string, string]
  return `${digits}e${exponent[0]!}${exponent.slice(1).padStart(2, '0')}`
}
