import type { JSX } from 'preact'
import { SURFACE_NUMBERS, placeEdits, surfaceKind } from '../../core/surface.ts'
import type { SurfaceFrame } from '../../core/protocol.ts'
import { onProfile, profileFrame, profilePath, slopeEnd } from '../../draw/loss-map.ts'
import { useNumbers, usePage } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'
import { NumberField } from '../number-field.tsx'
import { shown } from '../shown.ts'
import { Value } from '../value.tsx'
import { startOf } from './loss-map.tsx'

const WIDTH = 300
const HEIGHT = 150

/** What is fitted, where it starts, and the next step seen from the side. */
export function NextStepPanel({ frame }: { readonly frame: SurfaceFrame }): JSX.Element {
  const { lab } = usePage()
  const { surface } = useLaterWords()
  const start = startOf(frame, lab.run.value.journal)
  return (
    <div class="next-panel">
      <p class="formula">{surface.answer[surfaceKind(lab.run.value.spec.data)]}</p>
      <p class="now">
        {SURFACE_NUMBERS.map((name, i) => (
          <span key={name}>
            {shown(name)} ={' '}
            <Value
              address={{ kind: 'parameter', path: name, index: 0 }}
              value={frame.place[i]!}
              name={shown(name)}
              digits={4}
            />
          </span>
        ))}
      </p>
      <Profile frame={frame} />
      <div class="start-fields" role="group" aria-label={surface.startTitle}>
        {SURFACE_NUMBERS.map((name, i) => (
          <NumberField
            key={name}
            label={surface.startAt(shown(name))}
            value={start[i]!}
            by={0.1}
            isShort
            onChange={(value) => {
              const round = Math.round(value * 1e4) / 1e4
              void lab.editAll(i === 0 ? placeEdits(round, start[1]) : placeEdits(start[0], round), false, true)
            }}
          />
        ))}
      </div>
    </div>
  )
}

/** The loss along the step: the curve, the straight line that the slope promises, and where both end after one step. */
function Profile({ frame: { next, loss } }: { readonly frame: SurfaceFrame }): JSX.Element {
  const { messages } = usePage()
  const print = useNumbers()
  const { surface } = useLaterWords()
  if (next === undefined) return <p class="note">{messages.surface.profileNone}</p>
  const [promised, actual] = [loss + next.predicted, loss + next.actual]
  const axes = profileFrame(next.profile, promised, WIDTH, HEIGHT)
  const [from, hollow, filled] = [onProfile(0, loss, axes), onProfile(1, promised, axes), onProfile(1, actual, axes)]
  const end = slopeEnd(loss, promised, axes)
  const cut = onProfile(end, loss + end * next.predicted, axes)
  const label = surface.profile({ loss: print(loss), promised: print(promised), actual: print(actual) })
  return (
    <figure class="profile">
      <svg viewBox={`-8 -8 ${WIDTH + 16} ${HEIGHT + 30}`} role="img" aria-label={label}>
        <path class="axis" d={`M0 0V${HEIGHT}H${WIDTH}M${WIDTH / 2} 0V${HEIGHT}`} />
        <path class="profile-curve" d={profilePath(next.profile, axes)} />
        <path class="profile-slope" d={`M${from.join(' ')}L${cut.join(' ')}`} />
        <circle class="mark-actual" cx={from[0]} cy={from[1]} r="3.5" />
        <circle class="mark-predicted" cx={hollow[0]} cy={hollow[1]} r="6" />
        <circle class="mark-actual" cx={filled[0]} cy={filled[1]} r="5" />
        <text x="0" y={HEIGHT + 17}>
          {surface.profileHere}
        </text>
        <text x={WIDTH / 2} y={HEIGHT + 17} text-anchor="middle">
          {surface.profileStep}
        </text>
      </svg>
      <figcaption>
        <span aria-hidden="true">○</span> {surface.profileKeys[1]} <span class="figure">{print(promised)}</span>
        <br />
        <span aria-hidden="true">●</span> {surface.profileKeys[2]} <span class="figure">{print(actual)}</span>
        <br />
        <strong data-verdict={verdict(next)}>{surface.verdicts[verdict(next)]}</strong>
      </figcaption>
    </figure>
  )
}

type Verdict = 'uphill' | 'short' | 'bottom' | 'over' | 'away'

function verdict({ predicted, actual, profile }: NonNullable<SurfaceFrame['next']>): Verdict {
  if (predicted > 0) return 'uphill'
  if (actual > 0) return 'away'
  // On a parabola the bottom is where half of the promise has come true.
  if (Math.abs(actual / predicted - 0.5) < 0.005) return 'bottom'
  const middle = (profile.length - 1) / 2
  // Where the loss still falls behind the end of the step, the bottom was not reached.
  return profile[middle + 1]! <= profile[middle]! ? 'short' : 'over'
}
