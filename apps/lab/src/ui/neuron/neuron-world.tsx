import type { JSX } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import type { NeuronFrame } from '../../core/protocol.ts'
import { between, lineInPicture, type LineNumbers, type Point, shifted, turned } from '../../draw/neuron-line.ts'
import { drawSurface, surfacePixels } from '../../draw/surface.ts'
import { usePage } from '../context.ts'
import { useCanvas } from '../use-canvas.ts'
import { palette } from '../use-palette.ts'
import { useLatest } from './use-latest.ts'

const SIZE = 300

type Change = Parameters<ReturnType<typeof usePage>['lab']['editAll']>[0]

interface Drag {
  readonly kind: 'shift' | 'turn'
  readonly pivot: Point
  readonly line: LineNumbers
  change: Change | undefined
}

/** The days, what the neuron says about every place, and its line, which can be shifted and turned by hand. */
export function NeuronWorld({ frame }: { readonly frame: NeuronFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const colours = palette()
  const { size, low, high, values } = frame.surface
  const canvas = useCanvas(
    (context) => drawSurface(context, surfacePixels(values, size, 1, colours), { x: 0, y: 0, size: SIZE * 2 }),
    [values, colours],
  )
  const drag = useRef<Drag | undefined>(undefined)
  const send = useLatest((change: Change) => lab.editAll(change, true))
  const place = ([x, y]: Point): Point => [((x - low) / (high - low)) * SIZE, SIZE - ((y - low) / (high - low)) * SIZE]
  const points = useMemo(() => pointPaths(frame, place), [frame.points, frame.margins])
  const line = lineInPicture(frame.neuron, low, high)
  const middle = line === undefined ? undefined : between(...line, 0.5)
  const turning = line === undefined ? undefined : between(...line, 0.82)
  const at = (event: MouseEvent & { currentTarget: SVGSVGElement }): Point => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = (value: number): number => Math.max(0, Math.min(1, value)) * (high - low) + low
    return [share((event.clientX - box.left) / box.width), share(1 - (event.clientY - box.top) / box.height)]
  }
  const begin = (event: PointerEvent & { currentTarget: SVGSVGElement }): void => {
    const kind = event.target instanceof Element ? event.target.getAttribute('data-handle') : null
    if (middle === undefined || (kind !== 'shift' && kind !== 'turn')) return
    event.currentTarget.setPointerCapture(event.pointerId)
    event.preventDefault()
    drag.current = { kind, pivot: middle, line: frame.neuron, change: undefined }
  }
  const move = (event: PointerEvent & { currentTarget: SVGSVGElement }): void => {
    const { current } = drag
    if (current === undefined) return
    const change = changeOf(current, at(event))
    if (change === undefined) return
    current.change = change
    send(change)
  }
  const end = (): void => {
    const change = drag.current?.change
    if (change !== undefined) void send.last(change).then(() => lab.settle())
    // The click that follows is the end of the drag, not a place.
    setTimeout(() => (drag.current = undefined))
  }
  const choose = (event: MouseEvent & { currentTarget: SVGSVGElement }): void => {
    if (drag.current !== undefined) return
    const [x, y] = at(event).map((value) => Math.round(value * 100) / 100) as [number, number]
    void lab.editAll([
      { kind: 'point', path: 'input[0]', value: x },
      { kind: 'point', path: 'input[1]', value: y },
    ])
  }
  const [today, origin] = [place(frame.today.inputs), place([0, 0])]
  const arrow = middle === undefined ? undefined : arrowPath(frame.neuron, place(middle))
  const [round, square] = [middle, turning].map((point) => (point === undefined ? undefined : place(point)))
  return (
    <div class="world neuron-world">
      <canvas ref={canvas} width={SIZE * 2} height={SIZE * 2} aria-hidden="true" />
      {/* Places and the line have number fields and sliders beside the machine. */}
      <svg
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        aria-hidden="true"
        onClick={choose}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <path class="axes-lines" d={`M${origin[0]} 0V${SIZE}M0 ${origin[1]}H${SIZE}`} />
        <text class="axis-name" x={SIZE - 6} y={origin[1] + 15} text-anchor="end">
          {messages.neuron.inputs[0]} →
        </text>
        <text class="axis-name" x={origin[0] + 6} y="14">
          ↑ {messages.neuron.inputs[1]}
        </text>
        {line !== undefined && <path class="contour" d={`M${place(line[0]).join(' ')}L${place(line[1]).join(' ')}`} />}
        {arrow !== undefined && <path class="line-arrow" d={arrow} />}
        <path class="point minus" d={points.minus} />
        <path class="point plus" d={points.plus} />
        <path class="point wrong" d={points.wrong} />
        <path class="today" d={`M${today[0]} ${today[1] - 9}l9 9l-9 9l-9 -9z`} />
        {round !== undefined && square !== undefined && (
          <>
            <circle class="handle" data-handle="shift" cx={round[0]} cy={round[1]} r="9" />
            <rect class="handle" data-handle="turn" x={square[0] - 8} y={square[1] - 8} width="16" height="16" />
          </>
        )}
      </svg>
      <p class="note">{messages.neuron.place}</p>
    </div>
  )
}

function changeOf({ kind, line, pivot }: Drag, to: Point): Change | undefined {
  if (kind === 'shift') return [{ kind: 'set', path: '0.bias[0]', value: shifted(line, to) }]
  const next = turned(line, pivot, to)
  if (next === undefined) return undefined
  return [
    { kind: 'set', path: '0.weight[0]', value: next.weights[0] },
    { kind: 'set', path: '0.weight[1]', value: next.weights[1] },
    { kind: 'set', path: '0.bias[0]', value: next.bias },
  ]
}

/** From the line to the side on which the neuron says yes. */
function arrowPath({ weights: [a, b] }: LineNumbers, [x, y]: Point): string {
  const length = Math.sqrt(a * a + b * b)
  const [ux, uy] = [a / length, -b / length]
  const tip = [x + 34 * ux, y + 34 * uy] as const
  const wing = (side: number): string =>
    `${(tip[0] - 8 * ux + side * 4 * uy).toFixed(1)} ${(tip[1] - 8 * uy - side * 4 * ux).toFixed(1)}`
  return `M${x.toFixed(1)} ${y.toFixed(1)}L${tip.map((value) => value.toFixed(1)).join(' ')}M${wing(1)}L${tip.join(' ')}L${wing(-1)}`
}

/** All points of a class in one path: circles for class 1, triangles for class 0, a ring about those that are wrong. */
function pointPaths(
  { points: { inputs, labels }, margins }: NeuronFrame,
  place: (point: Point) => Point,
): { plus: string; minus: string; wrong: string } {
  const paths = { plus: '', minus: '', wrong: '' }
  for (let i = 0; i < labels.length; i++) {
    const [x, y] = place([inputs[2 * i]!, inputs[2 * i + 1]!])
    const isPlus = labels[i]! > 0.5
    if (isPlus) paths.plus += circle(x, y, 4.6)
    else paths.minus += `M${(x - 5.2).toFixed(1)} ${(y + 4.2).toFixed(1)}h10.4l-5.2-9.4z`
    if (margins[i]! >= 0 !== isPlus) paths.wrong += circle(x, y, 8.4)
  }
  return paths
}

const circle = (x: number, y: number, r: number): string =>
  `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`
