import type { JSX } from 'preact'
import type { SurfaceFrame } from '../../core/protocol.ts'
import { SURFACE_NUMBERS } from '../../core/surface.ts'
import { useNumbers, usePage } from '../context.ts'
import { LaterPart } from '../later-part.tsx'
import { shown } from '../shown.ts'
import { Value } from '../value.tsx'

/** What came of it, in numbers and curves. */
export function SurfaceJudge({
  frame,
  pinned,
}: {
  readonly frame: SurfaceFrame
  readonly pinned: SurfaceFrame | undefined
}): JSX.Element {
  const { lab, messages } = usePage()
  const print = useNumbers()
  const { judge, surface } = messages
  const { learningRate } = lab.run.value.spec.optimiser
  const reading = (name: string, value: JSX.Element | string, id: string): JSX.Element => (
    <div>
      <dt>{name}</dt>
      <dd data-reading={id}>{value}</dd>
    </div>
  )
  return (
    <div class="judge">
      <dl class="readings">
        {reading(
          judge.loss,
          <Value address={{ kind: 'loss' }} value={frame.loss} name={judge.loss} digits={4} />,
          'loss',
        )}
        {SURFACE_NUMBERS.map((name, i) =>
          reading(
            surface.gradientOf(shown(name)),
            <Value
              address={{ kind: 'gradient', path: name, index: 0 }}
              value={frame.gradient[i]!}
              name={surface.gradientOf(shown(name))}
            />,
            `slope-${name}`,
          ),
        )}
        {reading(surface.stepLength, frame.next === undefined ? '–' : print(frame.next.length), 'step')}
        {reading(surface.curvature, print(frame.curvature.largest), 'curvature')}
        {reading(surface.product, print(learningRate * frame.curvature.largest), 'product')}
        {frame.lowest !== undefined && (
          <>
            {reading(surface.distance, print(frame.lowest.distance), 'distance')}
            {reading(
              surface.settled,
              frame.settled === undefined ? surface.notSettled : String(frame.settled),
              'settled',
            )}
          </>
        )}
      </dl>
      {frame.step === 0 && <p class="note">{surface.recentNone}</p>}
      <LaterPart load={() => import('./judge-curves.tsx')} isWanted={frame.step > 0}>
        {({ JudgeCurves }) => <JudgeCurves frame={frame} pinned={pinned} />}
      </LaterPart>
    </div>
  )
}
