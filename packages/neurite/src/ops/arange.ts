import { ArgumentError } from '../errors.ts'
import type { Node } from '../graph/node.ts'
import { add } from './add.ts'
import { cast } from './cast.ts'
import { constant } from './constant.ts'
import { iota } from './iota.ts'
import { mul } from './mul.ts'

/**
 * Evenly spaced numbers from `start` up to `end`, which is left out: `torch.arange`.
 *
 * @param start first number
 * @param end where the numbers stop
 * @param step distance of neighbours (default 1), may be negative
 * @returns int32 when all three are whole numbers, else float32; shape [ceil((end - start) / step)]
 * @throws ArgumentError when the step is 0 or leads away from the end, or a number is not finite
 * @throws DTypeError when a whole number does not fit int32
 */
export function arange(start: number, end: number, step = 1): Node {
  const length = Math.ceil((end - start) / step)
  if (!Number.isFinite(length) || length < 0 || step === 0) {
    throw new ArgumentError({
      what: `arange: from ${start} to ${end} in steps of ${step}`,
      expected: 'finite numbers, and a step other than 0 that leads from start to end',
      fix: 'change the sign of the step, or exchange start and end',
    })
  }
  const dtype = [start, end, step].every(Number.isInteger) ? 'int32' : 'float32'
  const counted = cast(iota(length), dtype)
  const spread = step === 1 ? counted : mul(counted, constant(step, dtype))
  return start === 0 ? spread : add(spread, constant(start, dtype))
}
