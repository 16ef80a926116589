import { DTypeError } from '../errors.ts'
import type { ConstantAttributes, Node } from '../graph/node.ts'
import { equal } from './equal.ts'
import { full } from './full.ts'
import { greaterEqual } from './greater-equal.ts'
import { log } from './log.ts'
import { logicalAnd } from './logical-and.ts'
import { mul } from './mul.ts'
import { reciprocal } from './reciprocal.ts'
import { rsqrt } from './rsqrt.ts'
import { sqrt } from './sqrt.ts'
import { square } from './square.ts'
import { sub } from './sub.ts'
import type { Operand } from './support/broadcast.ts'
import { toFloat, toNodes } from './support/broadcast.ts'
import { binary, defineMap } from './support/define-map.ts'
import { where } from './where.ts'
import { lanes } from './support/evaluate-lanes.ts'

/** Like C and IEEE 754, unlike JavaScript: 1 to any power is 1, and so is -1 to an infinite power. */
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1
  return Math.pow(base, exponent)
}

export const powOperation = defineMap({
  name: 'pow',
  rule: 'float',
  evaluate: lanes(power),
  derivative({ node, inputs: [base, exponent], gradient }) {
    // x^0 is constant, also at 0 where x^-1 is infinite; 0^y is constant for y > 0, where log(0) is infinite.
    const slope = mul(exponent!, pow(base!, sub(exponent!, 1)))
    const toBase = where(equal(exponent!, 0), 0, mul(gradient, slope))
    const isFlat = logicalAnd(equal(base!, 0), greaterEqual(exponent!, 0))
    const toExponent = where(isFlat, 0, mul(gradient, mul(node, log(where(isFlat, 1, base!)))))
    return [toBase, toExponent]
  },
})

/** Exponents that have a shorter and more exact way, as in PyTorch. */
const SHORTCUTS = new Map<number, (x: Node) => Node>([
  [-2, (x) => reciprocal(square(x))],
  [-1, (x) => reciprocal(x)],
  [-0.5, (x) => rsqrt(x)],
  [0.5, (x) => sqrt(x)],
  [1, (x) => x],
  [2, (x) => square(x)],
  [3, (x) => mul(square(x), x)],
])

function constantValue(x: Operand): number | undefined {
  if (typeof x === 'number') return x
  return x.operation.name === 'constant' ? (x.attributes as ConstantAttributes).value : undefined
}

function integerPower(base: Node, exponent: number | undefined): Node {
  if (exponent === undefined || !Number.isInteger(exponent) || exponent < 0) {
    throw new DTypeError({
      what: `pow: got an integer base and ${exponent === undefined ? 'an integer tensor' : exponent} as exponent`,
      expected: 'a whole exponent of 0 or more, written as a number, or a float32 base',
      fix: "convert the base first: x.to('float32')",
    })
  }
  let result = full(base.shape, 1, 'int32')
  for (let left = exponent, factor = base; left > 0; left = Math.floor(left / 2), factor = mul(factor, factor)) {
    if (left % 2 === 1) result = mul(result, factor)
  }
  return result
}

/**
 * `base ^ exponent`, broadcast (torch.pow). The exponents -2, -1, -0.5, 0.5, 1, 2 and 3 written as numbers are computed by
 * products, quotients and roots. Integer bases take whole exponents written as numbers; anything else is float32. Throws
 * ShapeError for shapes that do not broadcast and DTypeError for an integer base with an exponent tensor of integers.
 */
export function pow(base: Operand, exponent: Operand): Node {
  const value = constantValue(exponent)
  const [p, q] = toNodes(base, exponent)
  if (p.dtype !== 'float32' && q.dtype !== 'float32') return integerPower(p, value)
  const shortcut = value === undefined || q.shape.length > 0 ? undefined : SHORTCUTS.get(value)
  return shortcut === undefined ? binary(powOperation, toFloat(p), toFloat(q)) : shortcut(toFloat(p))
}
