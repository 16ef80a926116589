import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { NeuronFrame } from '../../core/protocol.ts'
import { arrowPath, type Point } from '../../draw/neuron-line.ts'
import { pointPaths } from '../../draw/point-paths.ts'
import { drawSurface, surfacePixels } from '../../draw/surface.ts'
import { usePage } from '../context.ts'
import { useCanvas } from '../use-canvas.ts'
import { palette } from '../use-palette.ts'
import { useLineDrag } from '../use-line-drag.ts'

const SIZE = 300

/** The days, what the neuron says about every place, and its line, which can be shifted and turned by hand. */
export function NeuronWorld({ frame }: { readonly frame: NeuronFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const colours = palette()
  const { size, low, high, values } = frame.surface
  const canvas = useCanvas(
    (context) => drawSurface(context, surfacePixels(values, size, 1, colours), { x: 0, y: 0, size: SIZE * 2 }),
    [values, colours],
  )
  const drag = useLineDrag(frame.neuron, low, high)
  const place = ([x, y]: Point): Point => [((x - low) / (high - low)) * SIZE, SIZE - ((y - low) / (high - low)) * SIZE]
  const isWrong = (i: number): boolean => frame.margins[i]! >= 0 !== frame.points.labels[i]! > 0.5
  const points = useMemo(() => pointPaths(frame.points, isWrong, place), [frame.points, frame.margins])
  const { line } = drag
  const choose = (event: MouseEvent & { currentTarget: SVGSVGElement }): void => {
    if (drag.isDragging()) return
    const [x, y] = drag.at(event).map((value) => Math.round(value * 100) / 100) as [number, number]
    void lab.editAll([
      { kind: 'point', path: 'input[0]', value: x },
      { kind: 'point', path: 'input[1]', value: y },
    ])
  }
  const [today, origin] = [place(frame.today.inputs), place([0, 0])]
  const arrow = drag.shift === undefined ? undefined : arrowPath(frame.neuron.weights, place(drag.shift))
  const [round, square] = [drag.shift, drag.turn].map((point) => (point === undefined ? undefined : place(point)))
  return (
    <div class="world neuron-world">
      <canvas ref={canvas} width={SIZE * 2} height={SIZE * 2} aria-hidden="true" />
      {/* Places and the line have number fields and sliders beside the machine. */}
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
        {line !== undefined && <path class="contour" d={`M${place(line[0]).join(' ')}L${place(line[1]).join(' ')}`} />}
        <text class="axis-name" x={SIZE - 6} y={origin[1] + 15} text-anchor="end">
          {messages.neuron.inputs[0]} →
        </text>
        <text class="axis-name" x={origin[0] + 6} y="14">
          ↑ {messages.neuron.inputs[1]}
        </text>
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
