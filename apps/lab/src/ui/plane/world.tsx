import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { PlaneFrame } from '../../core/protocol.ts'
import { zeroContour } from '../../draw/contour.ts'
import { lineInSquare } from '../../draw/line.ts'
import { drawSurface, surfacePixels } from '../../draw/surface.ts'
import { usePage } from '../context.ts'
import { useCanvas } from '../use-canvas.ts'
import { palette } from '../use-palette.ts'

const SIZE = 300
/** The output at which the background has its full colour. */
export const FULL_OUTPUT = 3

/** The points, what the network says about every place, and the line of each neuron of the first layer. */
export function World({
  frame,
  surface,
  highlight,
}: {
  readonly frame: PlaneFrame
  /** What is painted instead of the output: a difference of two runs, or what one neuron gives. */
  readonly surface?: Float32Array | undefined
  /** The unit of the first layer whose line is emphasised. */
  readonly highlight?: number | undefined
}): JSX.Element {
  const { lab, messages } = usePage()
  const colours = palette()
  const { size, reach } = frame.surface
  const values = surface ?? frame.surface.values
  const canvas = useCanvas(
    (context) => {
      drawSurface(context, surfacePixels(values, size, FULL_OUTPUT, colours), { x: 0, y: 0, size: SIZE * 2 })
    },
    [values, colours],
  )
  const place = (value: number): number => ((value / reach + 1) / 2) * SIZE
  const points = useMemo(() => pointPaths(frame, place), [frame.points, frame.outputs])
  const contour = useMemo(() => zeroContour(values, size), [values])
  const lines = firstLayerLines(frame, reach)
  const { inputs } = frame.points
  const chosen = Math.min(lab.example.value, frame.points.labels.length - 1)
  const choose = (event: MouseEvent & { currentTarget: SVGSVGElement }): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const x = ((event.clientX - box.left) / box.width) * 2 * reach - reach
    const y = reach - ((event.clientY - box.top) / box.height) * 2 * reach
    void lab.showExample(nearest(inputs, x, y))
  }
  return (
    <div class="world">
      <canvas ref={canvas} width={SIZE * 2} height={SIZE * 2} aria-hidden="true" />
      {/* Points are chosen with a click, or with the buttons below the picture. */}
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true" onClick={choose}>
        {lines.map(
          (line, unit) =>
            line !== undefined && (
              <line
                key={unit}
                class={unit === highlight ? 'unit-line chosen' : 'unit-line'}
                x1={place(line[0])}
                y1={SIZE - place(line[1])}
                x2={place(line[2])}
                y2={SIZE - place(line[3])}
              />
            ),
        )}
        <path class="contour" d={contour} transform={`scale(${SIZE})`} vector-effect="non-scaling-stroke" />
        <path class="point minus" d={points.minus} />
        <path class="point plus" d={points.plus} />
        <path class="point wrong" d={points.wrong} />
        <circle class="chosen-point" cx={place(inputs[2 * chosen]!)} cy={SIZE - place(inputs[2 * chosen + 1]!)} r="9" />
      </svg>
      <div class="examples">
        <button
          type="button"
          class="small"
          aria-label={messages.card.previous}
          onClick={() => void lab.showExample((chosen + frame.points.labels.length - 1) % frame.points.labels.length)}
        >
          ‹
        </button>
        <span>
          {messages.card.scores} {chosen + 1}
        </span>
        <button
          type="button"
          class="small"
          aria-label={messages.card.next}
          onClick={() => void lab.showExample((chosen + 1) % frame.points.labels.length)}
        >
          ›
        </button>
      </div>
    </div>
  )
}

function nearest(inputs: Float32Array, x: number, y: number): number {
  let [best, least] = [0, Infinity]
  for (let i = 0; i < inputs.length / 2; i++) {
    const [dx, dy] = [inputs[2 * i]! - x, inputs[2 * i + 1]! - y]
    if (dx * dx + dy * dy < least) [best, least] = [i, dx * dx + dy * dy]
  }
  return best
}

/** All points of a class in one path: circles for class 1, triangles for class 0, a ring about those that are wrong. */
function pointPaths(
  { points: { inputs, labels }, outputs }: PlaneFrame,
  place: (value: number) => number,
): { plus: string; minus: string; wrong: string } {
  const paths = { plus: '', minus: '', wrong: '' }
  for (let i = 0; i < labels.length; i++) {
    const [x, y] = [place(inputs[2 * i]!), SIZE - place(inputs[2 * i + 1]!)]
    const isPlus = labels[i]! > 0.5
    if (isPlus) paths.plus += circle(x, y, 3.4)
    else paths.minus += `M${(x - 3.9).toFixed(1)} ${(y + 3.1).toFixed(1)}h7.8l-3.9-7z`
    if (outputs[i]! > 0 !== isPlus) paths.wrong += circle(x, y, 6.2)
  }
  return paths
}

const circle = (x: number, y: number, r: number): string =>
  `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`

/** Where each neuron of the first layer has a weighted sum of zero. */
function firstLayerLines(
  { parameters }: PlaneFrame,
  reach: number,
): (readonly [number, number, number, number] | undefined)[] {
  const [weights, biases] = parameters
  if (weights === undefined || biases === undefined || parameters.length <= 2) return []
  return Array.from(biases.values, (bias, unit) =>
    lineInSquare(weights.values[2 * unit]!, weights.values[2 * unit + 1]!, bias, reach),
  )
}
