import type { JSX } from 'preact'
import type { CurvePoint } from '../../core/protocol.ts'
import { correctionSteps, type TruthFrame } from '../../core/truth-frame.ts'
import type { Growth } from '../../draw/growth.ts'
import { Curve } from '../curve.tsx'
import { GrowthCurve } from '../growth-curve.tsx'
import { useLaterWords } from '../later-part.tsx'

/** So many corrections are drawn one by one. */
const DRAWN = 300

/** The loss of a logistic unit; with a run B what both can be compared by. */
export function TruthCurves({
  frame,
  pinned,
}: {
  readonly frame: TruthFrame
  readonly pinned: TruthFrame | undefined
}): JSX.Element {
  const { compare } = useLaterWords().truth
  const alike = pinned?.rule === frame.rule ? pinned : undefined
  return (
    <>
      {frame.rule === 'sigmoid' && (
        <Curve curve={lossesOf(frame)} pinned={alike === undefined ? undefined : lossesOf(alike)} />
      )}
      {frame.rule === 'step' && alike !== undefined && <GrowthCurve a={growthOf(frame)} b={growthOf(alike)} />}
      {pinned !== alike && <p class="note">{compare.unlike}</p>}
    </>
  )
}

/** Four rows are all that there is: nothing is fresh. */
const lossesOf = ({ curve }: TruthFrame): readonly CurvePoint[] => curve.map((point) => ({ ...point, fresh: NaN }))

const growthOf = (frame: TruthFrame): Growth => ({
  from: frame.step - frame.trail.length - frame.forgotten,
  until: frame.step,
  total: frame.corrections,
  at: correctionSteps(frame, DRAWN),
})
