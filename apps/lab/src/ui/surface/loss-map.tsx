import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { SurfaceFrame } from '../../core/protocol.ts'
import type { Edit } from '../../core/run/spec.ts'
import { placeEdits, startEdits, surfaceKind } from '../../core/surface.ts'
import { logLevels, zeroContour } from '../../draw/contour.ts'
import { fromMap, onMap, wayPaths } from '../../draw/loss-map.ts'
import { reliefPixels } from '../../draw/relief.ts'
import { drawSurface, surfacePixels } from '../../draw/surface.ts'
import { usePage, useShortNumbers } from '../context.ts'
import { LaterPart } from '../later-part.tsx'
import { shown } from '../shown.ts'
import { useCanvas } from '../use-canvas.ts'
import { palette } from '../use-palette.ts'

const SIZE = 300
/** A level is so many times as far above the lowest as the next one inside. */
const FACTOR = { fit: 2.2, network: 1.6 } as const
const LEVELS = 12
const NUDGE = 0.1

/** The loss over two numbers as a map, and the way that was walked on it. */
export function LossMap({
  frame,
  pinned,
  difference,
}: {
  readonly frame: SurfaceFrame
  readonly pinned: SurfaceFrame | undefined
  /** What is painted instead of the heights: A minus B. */
  readonly difference: Float32Array | undefined
}): JSX.Element {
  const { lab, messages } = usePage()
  const print = useShortNumbers()
  const colours = palette()
  const { key, size, low, high, values } = frame.surface
  const kind = surfaceKind(lab.run.value.spec.data)
  const levels = useMemo(() => logLevels(values, FACTOR[kind], LEVELS), [key])
  const lines = useMemo(() => levels.map((level) => zeroContour(values, size, level)), [key])
  const canvas = useCanvas(
    (context) => {
      const image =
        difference === undefined
          ? reliefPixels(values, size, levels, colours)
          : surfacePixels(difference, size, reachOf(difference), colours)
      drawSurface(context, image, { x: 0, y: 0, size: SIZE * 2 })
    },
    [key, difference, colours],
  )
  const map = { low, high, size: SIZE }
  const way = wayPaths(frame.path, map)
  const other = pinned?.surface.low === low ? wayPaths(pinned.path, map) : undefined
  const [here, next] = [onMap(frame.place, map), frame.next === undefined ? undefined : onMap(frame.next.place, map)]
  const start = startOf(frame, lab.run.value.journal)
  const from = onMap(start, map)
  const move = (w1: number, w2: number): void => {
    const round = (value: number): number => Math.round(value * 100) / 100
    void lab.editAll(placeEdits(round(w1), round(w2)), false, true)
  }
  const onKey = (event: KeyboardEvent): void => {
    const by = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key]
    if (by !== undefined) move(start[0] + by[0]! * NUDGE, start[1] + by[1]! * NUDGE)
    else if (event.key === 'Enter') void lab.select({ kind: 'parameter', path: 'w1', index: 0 })
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const choose = (event: MouseEvent & { currentTarget: SVGSVGElement }): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const at = fromMap(
      [((event.clientX - box.left) / box.width) * SIZE, ((event.clientY - box.top) / box.height) * SIZE],
      map,
    )
    move(...at)
  }
  const ticks = Array.from({ length: Math.floor(high - low) - 1 }, (_, i) => Math.ceil(low) + 1 + i)
  return (
    <div class="world loss-map">
      <canvas ref={canvas} width={SIZE * 2} height={SIZE * 2} aria-hidden="true" />
      {/* Beside the click there are fields for the start, and its mark moves by arrow keys. */}
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="group" aria-label={messages.surface.map} onClick={choose}>
        {difference === undefined ? (
          lines.map((line, i) => (
            <path
              key={i}
              class="level"
              d={line}
              transform={`scale(${SIZE})`}
              vector-effect="non-scaling-stroke"
              aria-hidden="true"
            />
          ))
        ) : (
          <LaterPart load={() => import('./difference.tsx')} isWanted>
            {({ Signs }) => <Signs difference={difference} size={size} width={SIZE} />}
          </LaterPart>
        )}
        <g aria-hidden="true" class="map-ticks">
          {ticks.map((value) => (
            <g key={value}>
              <text x={onMap([value, 0], map)[0]} y={SIZE - 5} text-anchor="middle">
                {print(value)}
              </text>
              <text x="5" y={onMap([0, value], map)[1] + 4}>
                {print(value)}
              </text>
            </g>
          ))}
          <text x={SIZE - 6} y={SIZE - 5} text-anchor="end">
            {shown('w1')} →
          </text>
          <text x="5" y="14">
            ↑ {shown('w2')}
          </text>
        </g>
        {kind === 'network' && (
          <g aria-hidden="true" class="map-ends">
            {(
              [
                ['A', 1, 0],
                ['B', 0, 1],
              ] as const
            ).map(([name, w1, w2]) => {
              const at = onMap([w1, w2], map)
              return (
                <text key={name} x={at[0] + 9} y={at[1] - 9}>
                  {name}
                </text>
              )
            })}
          </g>
        )}
        {frame.lowest !== undefined && (
          <path class="lowest" d={cross(onMap(frame.lowest.place, map))} aria-hidden="true" />
        )}
        {other !== undefined && <path class="way pinned" d={other.line} aria-hidden="true" />}
        <path class="way" d={way.line} aria-hidden="true" />
        <path class="way-dots" d={way.dots} aria-hidden="true" />
        <g aria-hidden="true">
          {batchEnds(frame).map((end, i) => {
            const at = onMap(end, map)
            return (
              <g key={i} class="batch-step">
                <path d={`M${here.join(' ')}L${at.join(' ')}`} />
                <circle cx={at[0]} cy={at[1]} r="2.2" />
              </g>
            )
          })}
          {next !== undefined && (
            <>
              <path class="next-step" d={`M${here.join(' ')}L${next.join(' ')}`} />
              <circle class="mark-predicted" cx={next[0]} cy={next[1]} r="5" />
            </>
          )}
          <circle class="mark-actual here" cx={here[0]} cy={here[1]} r="5.5" />
        </g>
        <g
          class="start"
          role="button"
          tabindex={0}
          aria-label={messages.surface.start(print(start[0]), print(start[1]))}
          data-start={`${start[0]},${start[1]}`}
          onKeyDown={onKey}
          onClick={(event) => event.stopPropagation()}
        >
          <circle class="reach" cx={from[0]} cy={from[1]} r="13" />
          <circle class="start-ring" cx={from[0]} cy={from[1]} r="8.5" />
        </g>
      </svg>
      {difference === undefined ? (
        <p class="note">{messages.surface.mapNote}</p>
      ) : (
        <LaterPart load={() => import('./difference.tsx')} isWanted>
          {({ DifferenceNote }) => <DifferenceNote isNone={key === pinned?.surface.key} />}
        </LaterPart>
      )}
    </div>
  )
}

/** Where the run begins: as a hand has set it, which may be newer than the picture, else as the picture shows. */
export function startOf({ path: { places } }: SurfaceFrame, journal: readonly Edit[]): readonly [number, number] {
  const round = (value: number): number => Math.round(value * 1e4) / 1e4
  const set = (path: string): number | undefined => startEdits(journal).findLast((edit) => edit.path === path)?.value
  return [set('w1[0]') ?? round(places[0]!), set('w2[0]') ?? round(places[1]!)]
}

const cross = ([x, y]: readonly [number, number]): string =>
  `M${(x - 5).toFixed(1)} ${(y - 5).toFixed(1)}l10 10m0 -10l-10 10`

const batchEnds = ({ batchSteps }: SurfaceFrame): (readonly [number, number])[] =>
  Array.from({ length: batchSteps.length / 2 }, (_, i) => [batchSteps[2 * i]!, batchSteps[2 * i + 1]!])

function reachOf(values: Float32Array): number {
  let reach = 1e-9
  for (const value of values) if (Math.abs(value) > reach) reach = Math.abs(value)
  return reach
}
