import { ArgumentError } from '../errors.ts'

let enabled = true

/**
 * False inside `noGrad`: results do not require gradients.
 *
 * @example
 * ```ts
 * import { isGradEnabled, noGrad } from 'neurite'
 *
 * console.log(isGradEnabled(), noGrad(() => isGradEnabled())) // → true false
 * ```
 */
export function isGradEnabled(): boolean {
  return enabled
}

function withGradMode<T>(mode: boolean, name: string, fn: () => T): T {
  const outer = enabled
  enabled = mode
  try {
    const result = fn()
    if (result instanceof Promise) {
      throw new ArgumentError({
        what: `${name} got an async function, which would go on after the mode has ended`,
        expected: 'a function that computes and returns at once',
        fix: `record the computation in ${name} and await data() or item() of its result outside`,
      })
    }
    return result
  } finally {
    enabled = outer
  }
}

/**
 * Runs `fn` so that nothing in it is followed by gradients (torch.no_grad).
 *
 * @throws ArgumentError for an async function
 *
 * @example
 * ```ts
 * import { noGrad, tensor } from 'neurite'
 *
 * const w = tensor([1, 2], { requiresGrad: true })
 * console.log(noGrad(() => w.mul(2)).requiresGrad) // → false
 * ```
 */
export function noGrad<T>(fn: () => T): T {
  return withGradMode(false, 'noGrad', fn)
}

/**
 * Runs `fn` so that gradients are followed again inside `noGrad` (torch.enable_grad).
 *
 * @throws ArgumentError for an async function
 *
 * @example
 * ```ts
 * import { enableGrad, noGrad, tensor } from 'neurite'
 *
 * const w = tensor([1, 2], { requiresGrad: true })
 * console.log(noGrad(() => enableGrad(() => w.mul(2))).requiresGrad) // → true
 * ```
 */
export function enableGrad<T>(fn: () => T): T {
  return withGradMode(true, 'enableGrad', fn)
}
