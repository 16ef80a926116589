import type { JSX } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import type { PerceptronFrame } from '../../core/protocol.ts'
import { between, lineInPicture, type Point } from '../../draw/neuron-line.ts'
import { arrowPath, pointPaths } from '../../draw/point-paths.ts'
import { drawSurface, surfacePixels } from '../../draw/surface.ts'
import { usePage } from '../context.ts'
import { LaterPart } from '../later-part.tsx'
import { useHand } from '../use-hand.ts'
import { useCanvas } from '../use-canvas.ts'
import { palette } from '../use-palette.ts'
import { added, chosenPlace, moved, type PointChange, type Tap, tidy } from './points.ts'

const SIZE = 300
/** A point is hit within so much of the picture. */
const NEAR = 14
/** The background says only yes or no: it is painted weaker than its full colour. */
const FULL = 1.6

/** The points, what the unit says about every place, and its line; points are dragged, tapped, or moved by arrow keys. */
export function PerceptronWorld({
  frame,
  canPlace,
  tap,
}: {
  readonly frame: PerceptronFrame
  /** Whether the story has come to points that are placed by hand. */
  readonly canPlace: boolean
  readonly tap: Tap
}): JSX.Element {
  const { lab, messages } = usePage()
  const colours = palette()
  const { size, reach, values } = frame.surface
  const { ids, inputs, next } = frame.points
  const drag = useRef<{ id: number; change: PointChange | undefined } | undefined>(undefined)
  const hand = useHand()
  const canvas = useCanvas(
    (context) => drawSurface(context, surfacePixels(values, size, FULL, colours), { x: 0, y: 0, size: SIZE * 2 }),
    [values, colours],
  )
  const place = ([x, y]: Point): Point => [((x / reach + 1) / 2) * SIZE, SIZE - ((y / reach + 1) / 2) * SIZE]
  const paths = useMemo(() => pointPaths(frame.points, (i) => frame.wrong[i]!, place), [frame.points, frame.wrong])
  const [w1, w2, bias] = frame.weights as readonly [number, number, number]
  const line = lineInPicture({ weights: [w1, w2], bias, threshold: 0 }, -reach, reach)
  const length = Math.sqrt(w1 * w1 + w2 * w2)
  const middle = line === undefined ? undefined : place(between(...line, 0.5))
  const at = (index: number): Point => place([inputs[2 * index]!, inputs[2 * index + 1]!])
  const chosen = chosenPlace(frame, lab.example.value)
  const chosenId = ids[chosen]
  const last = frame.mistakes.at(-1)
  const lastPlace = last === undefined ? -1 : ids.indexOf(last.point)

  const seen = (event: MouseEvent & { currentTarget: SVGSVGElement }): Point => {
    const box = event.currentTarget.getBoundingClientRect()
    return [
      ((event.clientX - box.left) / box.width) * 2 * reach - reach,
      reach - ((event.clientY - box.top) / box.height) * 2 * reach,
    ]
  }
  const hit = (point: Point): number | undefined => {
    const [x, y] = place(point)
    let [best, least] = [-1, NEAR]
    for (let i = 0; i < ids.length; i++) {
      const [px, py] = at(i)
      const far = Math.sqrt((px - x) * (px - x) + (py - y) * (py - y))
      if (far < least) [best, least] = [i, far]
    }
    return ids[best]
  }
  const begin = (event: PointerEvent & { currentTarget: SVGSVGElement }): void => {
    const id = hit(seen(event))
    if (id === undefined) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { id, change: undefined }
    if (canPlace) void lab.showExample(id)
    else void lab.select({ kind: 'activation', layer: 0, unit: 0, example: id })
  }
  const move = (event: PointerEvent & { currentTarget: SVGSVGElement }): void => {
    const { current } = drag
    if (!canPlace || current === undefined || event.buttons === 0) return
    const change = moved(current.id, ...seen(event))
    const isStill = current.change === undefined && hit(seen(event)) === current.id && isNear(frame, current.id, change)
    if (isStill) return
    current.change = change
    hand.move(change)
  }
  const end = (): void => {
    const change = drag.current?.change
    if (change !== undefined) void hand.end(change)
    // The click that follows is the end of the drag, not a place.
    setTimeout(() => (drag.current = undefined))
  }
  const click = (event: MouseEvent & { currentTarget: SVGSVGElement }): void => {
    if (!canPlace || drag.current !== undefined) return
    const [x, y] = seen(event)
    if (tap === 'move') {
      if (chosenId !== undefined) void lab.editAll(moved(chosenId, x, y))
    } else if (next !== undefined) {
      void lab.editAll(added(next, x, y, tap === 'plus' ? 1 : 0)).then(() => lab.showExample(next))
    }
  }
  const origin = place([0, 0])
  return (
    <div class="world perceptron-world">
      <canvas ref={canvas} width={SIZE * 2} height={SIZE * 2} aria-hidden="true" />
      <svg
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        role="group"
        aria-label={messages.panels.world}
        onClick={click}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <path class="axes-lines" d={`M${origin[0]} 0V${SIZE}M0 ${origin[1]}H${SIZE}`} />
        <text class="axis-name" x={SIZE - 6} y={origin[1] + 15} text-anchor="end">
          x₁ →
        </text>
        <text class="axis-name" x={origin[0] + 6} y="14">
          ↑ x₂
        </text>
        {line !== undefined && <path class="contour" d={`M${place(line[0]).join(' ')}L${place(line[1]).join(' ')}`} />}
        {middle !== undefined && (
          <path
            class="line-arrow"
            d={arrowPath(middle, [middle[0] + (34 * w1) / length, middle[1] - (34 * w2) / length])}
          />
        )}
        <path class="point minus" d={paths.minus} />
        <path class="point plus" d={paths.plus} />
        <path class="point wrong" d={paths.wrong} />
        {lastPlace >= 0 && (
          <rect class="last-mistake" x={at(lastPlace)[0] - 11} y={at(lastPlace)[1] - 11} width="22" height="22" />
        )}
        <LaterPart load={() => import('./chosen-handle.tsx')} isWanted={canPlace && chosenId !== undefined}>
          {({ ChosenHandle }) => <ChosenHandle frame={frame} chosen={chosen} at={at(chosen)} reach={NEAR} />}
        </LaterPart>
      </svg>
    </div>
  )
}

/** A finger that only taps trembles a little: that is no drag. */
function isNear({ points }: PerceptronFrame, id: number, change: PointChange): boolean {
  const place = points.ids.indexOf(id)
  return change.every(({ value }, k) => Math.abs(value - tidy(points.inputs[2 * place + k]!)) < 0.03)
}
