import { useRef } from 'preact/hooks'
import { between, lineInPicture, type LineNumbers, type Point, shifted, turned } from '../draw/neuron-line.ts'
import type { Edit } from '../core/run/spec.ts'
import { useHand } from './use-hand.ts'

type Change = readonly Omit<Edit, 'at'>[]

interface Drag {
  readonly kind: 'shift' | 'turn'
  readonly pivot: Point
  readonly line: LineNumbers
  change: Change | undefined
}

type PictureEvent<E> = E & { currentTarget: SVGSVGElement }

/** A line that is shifted and turned by its two handles; what carries a handle says so in `data-handle`. */
export interface LineDrag {
  /** The ends of the line in the picture; undefined where none is to be seen. */
  readonly line: readonly [Point, Point] | undefined
  readonly shift: Point | undefined
  readonly turn: Point | undefined
  /** Where an event lies in the plane. */
  readonly at: (event: PictureEvent<MouseEvent>) => Point
  /** Whether a click is only the end of a drag. */
  readonly isDragging: () => boolean
  readonly onPointerDown: (event: PictureEvent<PointerEvent>) => void
  readonly onPointerMove: (event: PictureEvent<PointerEvent>) => void
  readonly onPointerUp: () => void
}

/** `numbers` is undefined for a boundary that is no straight line. */
export function useLineDrag(numbers: LineNumbers | undefined, low: number, high: number): LineDrag {
  const drag = useRef<Drag | undefined>(undefined)
  const hand = useHand()
  const line = numbers === undefined ? undefined : lineInPicture(numbers, low, high)
  const shift = line === undefined ? undefined : between(...line, 0.5)
  const turn = line === undefined ? undefined : between(...line, 0.82)
  const at = (event: PictureEvent<MouseEvent>): Point => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = (value: number): number => Math.max(0, Math.min(1, value)) * (high - low) + low
    return [share((event.clientX - box.left) / box.width), share(1 - (event.clientY - box.top) / box.height)]
  }
  return {
    line,
    shift,
    turn,
    at,
    isDragging: () => drag.current !== undefined,
    onPointerDown: (event) => {
      const kind = event.target instanceof Element ? event.target.getAttribute('data-handle') : null
      if (numbers === undefined || shift === undefined || (kind !== 'shift' && kind !== 'turn')) return
      event.currentTarget.setPointerCapture(event.pointerId)
      event.preventDefault()
      drag.current = { kind, pivot: shift, line: numbers, change: undefined }
    },
    onPointerMove: (event) => {
      const { current } = drag
      if (current === undefined) return
      const change = changeOf(current, at(event))
      if (change === undefined) return
      current.change = change
      hand.move(change)
    },
    onPointerUp: () => {
      const change = drag.current?.change
      if (change !== undefined) void hand.end(change)
      // The click that follows is the end of the drag, not a place.
      setTimeout(() => (drag.current = undefined))
    },
  }
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
