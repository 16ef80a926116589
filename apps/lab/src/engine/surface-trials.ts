import type { RunSpec } from '../core/run/spec.ts'
import { settledAt } from '../core/surface.ts'
import { surfaceExamples } from './surface-data.ts'
import { SurfaceDescent } from './surface-descent.ts'
import { SurfaceLooks } from './surface-looks.ts'
import { surfaceLoss } from './surface-model.ts'

/** How long a learning rate is tried, and how long a run may take to settle. */
export const TRIAL_STEPS = 200
export const SETTLE_STEPS = 400

/**
 * Runs from the chapter's own start on all examples, for the checks.
 *
 * - `after RATE`: the loss after 200 plain steps at this rate, divided by the loss before.
 * - `settled`: the step from which on a run with this rate and momentum stays near the lowest point; -1 for none.
 */
export async function measureTrials(spec: RunSpec, measures: readonly string[]): Promise<Record<string, number>> {
  const values: Record<string, number> = {}
  for (const measure of measures) {
    const [name, rate] = measure.split(' ')
    if (name === 'after' && Number.isFinite(Number(rate))) values[measure] = await lossAfter(spec, Number(rate))
    if (name === 'settled') values[measure] = await settled(spec)
  }
  return values
}

/** The same examples from the chapter's own start, all of them in each step. */
async function trial(
  spec: RunSpec,
  optimiser: RunSpec['optimiser'],
): Promise<{ descent: SurfaceDescent; looks: SurfaceLooks }> {
  const examples = await surfaceExamples(spec.data)
  const loss = await surfaceLoss(spec, examples)
  const fixed: RunSpec = { ...spec, seed: 1, batch: 0, optimiser }
  return { descent: new SurfaceDescent(fixed, examples, loss), looks: new SurfaceLooks(examples, loss) }
}

async function lossAfter(spec: RunSpec, learningRate: number): Promise<number> {
  const { descent, looks } = await trial(spec, { learningRate, momentum: 0 })
  const before = await looks.exactLoss(await descent.place())
  for (let i = 0; i < TRIAL_STEPS; i++) descent.step()
  const after = await looks.exactLoss(await descent.place())
  descent.free()
  looks.free()
  return after / before
}

async function settled(spec: RunSpec): Promise<number> {
  const { descent, looks } = await trial(spec, spec.optimiser)
  const bottom = await looks.bottom(await descent.place())
  for (let i = 0; i < SETTLE_STEPS; i++) descent.step()
  const found = bottom === undefined ? undefined : settledAt(await descent.path(), bottom)
  descent.free()
  looks.free()
  return found ?? -1
}
