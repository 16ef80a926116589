import type { JSX } from 'preact'
import type { TrailStep, TruthFrame } from '../../core/truth-frame.ts'
import { rowName } from '../../core/truth.ts'
import { LOOP_HEIGHT, LOOP_WIDTH, loopLayout } from '../../draw/loop-layout.ts'
import { useShortNumbers } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'
import { changeOf, Numbers, signed } from './last-look.tsx'
import { numberName } from './unit-numbers.ts'

/** The way of the weights since they were last set, and the ring into which it runs where there is one. */
export function Loop({ frame }: { readonly frame: TruthFrame }): JSX.Element | null {
  const { loop: words } = useLaterWords().truth
  if (frame.rule === 'sigmoid') return null
  const { loop, step, trail, forgotten } = frame
  const base = step - trail.length - forgotten
  const layout = loopLayout(base, step, loop)
  const now = loop === undefined ? step : loop.from + ((step - loop.from) % loop.length)
  // The ring is entered twice at its first place: the second time counts.
  const hasMoved = (place: number): boolean =>
    frame.moved[(place === loop?.from ? place + loop.length : place) - base - 1] === true
  const text =
    loop !== undefined
      ? words.found({ ...loop, again: loop.from + loop.length })
      : frame.isDone === true
        ? words.settled(step)
        : words.none(trail.length + forgotten)
  return (
    <div class="loop" data-loop={loop?.length ?? ''}>
      <h3>{words.name}</h3>
      <svg viewBox={`0 0 ${LOOP_WIDTH} ${LOOP_HEIGHT}`} role="img" aria-label={text}>
        {layout.left > 0 && (
          <text class="loop-left" x="0" y={LOOP_HEIGHT / 2 - 16}>
            {words.earlier(layout.left)}
          </text>
        )}
        <path
          class="loop-way"
          d={[...layout.tail, ...layout.ring.slice(0, 1)]
            .map(({ at: [x, y] }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
            .join('')}
        />
        {layout.ring.length > 0 && (
          <>
            <circle class="loop-way" cx={layout.middle[0]} cy={layout.middle[1]} r="44" />
            <text class="loop-count" x={layout.middle[0]} y={layout.middle[1] + 2}>
              {layout.ring.length}
            </text>
            <text class="loop-inside" x={layout.middle[0]} y={layout.middle[1] + 18}>
              {words.steps}
            </text>
          </>
        )}
        {[...layout.tail, ...layout.ring].map(({ at: [x, y], step: place }) => (
          <g key={place}>
            {place === now && <circle class="loop-now" cx={x} cy={y} r="10" />}
            <circle class={hasMoved(place) ? 'loop-place moved' : 'loop-place'} cx={x} cy={y} r="5" />
          </g>
        ))}
      </svg>
      <p class="loop-text">{text}</p>
      {loop !== undefined && (
        <details>
          <summary>{words.show}</summary>
          <Round frame={frame} loop={loop} />
        </details>
      )}
    </div>
  )
}

/** The corrections of one time round, and that they add up to nothing. */
function Round({
  frame,
  loop,
}: {
  readonly frame: TruthFrame
  readonly loop: NonNullable<TruthFrame['loop']>
}): JSX.Element {
  const { loop: words } = useLaterWords().truth
  const print = useShortNumbers()
  const looks: readonly TrailStep[] = frame.trail.slice(-loop.length)
  const together = frame.weights.map((_, i) => looks.reduce((sum, look) => sum + changeOf(look)[i]!, 0))
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.row}</th>
          {frame.weights.map((_, i) => (
            <th scope="col" key={i}>
              {numberName(i, frame.weights.length)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {looks.map((look, i) => (
          <Numbers key={i} name={rowName(look.row)} values={changeOf(look)} print={(value) => signed(value, print)} />
        ))}
        <Numbers name={words.together} values={together} print={print} />
      </tbody>
    </table>
  )
}
