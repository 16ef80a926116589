import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { zeroContour } from '../../draw/contour.ts'
import { useLaterWords } from '../later-part.tsx'

/** Where A lies higher than B and where lower, without colour: the line between, and signs on both sides of it. */
export function Signs({
  difference,
  size,
  width,
}: {
  readonly difference: Float32Array
  readonly size: number
  /** Of the picture. */
  readonly width: number
}): JSX.Element {
  const zero = useMemo(() => zeroContour(difference, size), [difference])
  const places = Array.from({ length: 25 }, (_, i) => [(i % 5) * 2 + 1, Math.floor(i / 5) * 2 + 1] as const)
  return (
    <g aria-hidden="true" class="map-signs">
      <path class="contour" d={zero} transform={`scale(${width})`} vector-effect="non-scaling-stroke" />
      {places.map(([x, y]) => {
        const value = difference[Math.floor((y * size) / 10) * size + Math.floor((x * size) / 10)]!
        return (
          value !== 0 && (
            <text
              key={`${x} ${y}`}
              class={value > 0 ? 'plus' : 'minus'}
              x={(x * width) / 10}
              y={(y * width) / 10 + 5}
              text-anchor="middle"
            >
              {value > 0 ? '+' : '−'}
            </text>
          )
        )
      })}
    </g>
  )
}

/** What is painted instead of the heights. */
export function DifferenceNote({ isNone }: { readonly isNone: boolean }): JSX.Element {
  const { surface } = useLaterWords()
  return <p class="note">{isNone ? surface.sameSurface : surface.difference}</p>
}
