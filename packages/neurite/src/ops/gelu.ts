import { requireOneOf } from '../option-checks.ts'
import type { Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import { erf as erfOf } from '../math/erf.ts'
import { add } from './add.ts'
import { erf } from './erf.ts'
import { exp } from './exp.ts'
import { mul } from './mul.ts'
import { square } from './square.ts'
import { sub } from './sub.ts'
import { defineElementwise } from './support/define-elementwise.ts'
import { tanh } from './tanh.ts'
import { elements } from './support/evaluate-lanes.ts'
import { ofOne } from './support/of-one.ts'

export interface GeluAttributes {
  readonly approximate: 'none' | 'tanh'
}

const SQRT_HALF = Math.sqrt(0.5)
const SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI)
const CUBIC = 0.044715

/** Twice the (approximate) probability that a normal variable lies below x. */
function doubleProbability(x: Node, approximate: GeluAttributes['approximate']): Node {
  if (approximate === 'none') return add(erf(mul(x, SQRT_HALF)), 1)
  return add(tanh(innerCubic(x)), 1)
}

function innerCubic(x: Node): Node {
  return mul(mul(x, SQRT_TWO_OVER_PI), add(mul(square(x), CUBIC), 1))
}

export const geluOperation = defineElementwise<GeluAttributes>({
  name: 'gelu',
  rule: 'float',
  evaluate: elements((x, { approximate }) => {
    if (approximate === 'none') return (x / 2) * (1 + erfOf(x / Math.SQRT2))
    return (x / 2) * (1 + Math.tanh(SQRT_TWO_OVER_PI * (x + CUBIC * x * x * x)))
  }),
  lower: ofOne((x, { approximate }) => mul(mul(x, 0.5), doubleProbability(x, approximate))),
  derivative({ x, attributes: { approximate }, gradient }) {
    const probability = mul(doubleProbability(x, approximate), 0.5)
    if (approximate === 'none') {
      const density = mul(exp(mul(square(x), -0.5)), SQRT_TWO_OVER_PI / 2)
      return mul(gradient, add(probability, mul(x, density)))
    }
    const slope = mul(add(mul(square(x), 3 * CUBIC), 1), SQRT_TWO_OVER_PI)
    const density = mul(mul(sub(1, square(tanh(innerCubic(x)))), slope), 0.5)
    return mul(gradient, add(probability, mul(x, density)))
  },
})

/**
 * `x` times the probability that a normal variable lies below it: `x / 2 * (1 + erf(x / sqrt(2)))`, or with
 * `approximate: 'tanh'` the formula of Hendrycks and Gimpel (arXiv 1606.08415) by tanh (torch.nn.functional.gelu). Throws
 * DTypeError for integers and ArgumentError for another approximation.
 */
export function gelu(
  x: Node,
  options: { readonly approximate?: GeluAttributes['approximate'] | undefined } = {},
): Node {
  const approximate = options.approximate ?? 'none'
  requireOneOf('gelu', 'approximate', approximate, ['none', 'tanh'])
  return createNode(geluOperation, [x], { approximate })
}
