import type { JSX } from 'preact'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { rowName, ROWS } from '../../core/truth.ts'
import type { Spot } from '../../draw/hull.ts'
import { rowMark } from '../../draw/marks.ts'
import { arrowPath } from '../../draw/neuron-line.ts'
import { drawSurface, surfacePixels } from '../../draw/surface.ts'
import { usePage } from '../context.ts'
import { Later } from '../later.tsx'
import { useLineDrag } from '../use-line-drag.ts'
import { useCanvas } from '../use-canvas.ts'
import { palette } from '../use-palette.ts'
import { useCalm } from './use-calm.ts'
import { useTruth } from './use-truth.ts'

const SIZE = 300
/** An output of 1 is painted half as strong as it could be, so that points stand out. */
const FULL = 2
/** A click this far from a row still means it, in the plane. */
const NEAR = 0.15

/** The four rows, what the neuron says about every place, and its line, which can be taken by hand. */
export function TruthWorld({ frame: latest }: { readonly frame: TruthFrame }): JSX.Element {
  const { lab } = usePage()
  const words = useTruth()
  const frame = useCalm(latest, lab.playing.value)
  const colours = palette()
  const { size, low, high, values } = frame.surface
  const isSurface = values.every(Number.isFinite)
  const canvas = useCanvas(
    (context) => {
      if (isSurface) drawSurface(context, surfacePixels(values, size, FULL, colours), { x: 0, y: 0, size: SIZE * 2 })
    },
    [values, colours],
  )
  const place = ([x, y]: Spot): Spot => [((x - low) / (high - low)) * SIZE, SIZE - ((y - low) / (high - low)) * SIZE]
  const isLine = frame.feature === 'none'
  const [w1, w2, bias] = frame.weights as [number, number, number]
  const drag = useLineDrag(isLine ? { weights: [w1, w2], bias, threshold: 0 } : undefined, low, high)
  const { inputs, labels } = frame.points
  const spots = Array.from({ length: ROWS }, (_, row): Spot => [inputs[2 * row]!, inputs[2 * row + 1]!])
  const choose = (event: MouseEvent & { currentTarget: SVGSVGElement }): void => {
    if (drag.isDragging()) return
    const [x, y] = drag.at(event)
    const row = spots.findIndex(([px, py]) => Math.abs(px - x) < NEAR && Math.abs(py - y) < NEAR)
    if (row >= 0) void lab.select({ kind: 'activation', layer: 0, unit: 0, example: row })
  }
  const hasHulls = lab.revealed.value.panels.has('folded')
  const looked = frame.rule === 'step' ? frame.trail.at(-1)?.row : undefined
  const origin = place([0, 0])
  const [round, square] = [drag.shift, drag.turn].map((spot) => (spot === undefined ? undefined : place(spot)))
  return (
    <div class="world truth-world">
      <canvas ref={canvas} width={SIZE * 2} height={SIZE * 2} aria-hidden="true" />
      {/* Rows stand in the table, and the numbers of the line have fields and sliders. */}
      <svg
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        aria-hidden="true"
        onClick={choose}
        onPointerDown={drag.onPointerDown}
        onPointerMove={drag.onPointerMove}
        onPointerUp={drag.onPointerUp}
        onPointerCancel={drag.onPointerUp}
      >
        <path class="axes-lines" d={`M${origin[0]} 0V${SIZE}M0 ${origin[1]}H${SIZE}`} />
        <Later load={() => import('./overlay.tsx')} isWanted={hasHulls || !isLine}>
          {({ Overlay }) => <Overlay frame={frame} place={place} side={SIZE} hasHulls={hasHulls} />}
        </Later>
        {drag.line !== undefined && (
          <path class="contour" d={`M${place(drag.line[0]).join(' ')}L${place(drag.line[1]).join(' ')}`} />
        )}
        <text class="axis-name" x={SIZE - 6} y={SIZE - 8} text-anchor="end">
          {words.inputs[0]} →
        </text>
        <text class="axis-name" x={origin[0] + 6} y="14">
          ↑ {words.inputs[1]}
        </text>
        {drag.shift !== undefined && <path class="line-arrow" d={arrowPath([w1, w2], place(drag.shift))} />}
        {spots.map((spot, row) => {
          const [x, y] = place(spot)
          // Names stand outside, as seen from the middle.
          const outwards = Math.sqrt((spot[0] - 0.5) * (spot[0] - 0.5) + (spot[1] - 0.5) * (spot[1] - 0.5)) / 26
          const [dx, dy] = [(spot[0] - 0.5) / outwards, (0.5 - spot[1]) / outwards]
          return (
            <g key={row}>
              <path {...rowMark(labels[row]!, x, y, 9)} />
              {frame.wrong[row]! && <circle class="point wrong" cx={x} cy={y} r="15" />}
              {row === looked && <path class="looked" d={`M${x - 19} ${y - 12}v-7h7M${x + 19} ${y + 12}v7h-7`} />}
              <text class="row-name" x={x + dx} y={y + dy + 4}>
                {rowName(row)}
              </text>
            </g>
          )
        })}
        {round !== undefined && square !== undefined && (
          <>
            <circle class="handle" data-handle="shift" cx={round[0]} cy={round[1]} r="9" />
            <rect class="handle" data-handle="turn" x={square[0] - 8} y={square[1] - 8} width="16" height="16" />
          </>
        )}
      </svg>
      <p class="note">{isLine ? words.place : words.curved}</p>
    </div>
  )
}
