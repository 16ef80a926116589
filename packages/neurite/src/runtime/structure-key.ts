import { ArgumentError } from '../errors.ts'

/** Attributes as text: equal for equal attributes, different for different ones (also NaN, infinities and -0). */
export function attributeKey(attributes: unknown): string {
  if (typeof attributes === 'number') return Object.is(attributes, -0) ? '-0' : String(attributes)
  if (typeof attributes === 'string') return `'${attributes}'`
  if (typeof attributes === 'boolean' || attributes === undefined || attributes === null) return String(attributes)
  if (Array.isArray(attributes)) {
    let text = '['
    for (const item of attributes) text += `${attributeKey(item)} `
    return `${text}]`
  }
  if (typeof attributes === 'object' && 'structuralKey' in attributes) return String(attributes.structuralKey)
  if (typeof attributes === 'object' && Object.getPrototypeOf(attributes) === Object.prototype) {
    let text = '{'
    for (const name in attributes) {
      const value = (attributes as Record<string, unknown>)[name]
      if (value !== undefined) text += `${name}:${attributeKey(value)} `
    }
    return `${text}}`
  }
  throw new ArgumentError({
    what: `an option of an operation is ${typeof attributes === 'object' ? 'a tensor or another object' : `a ${typeof attributes}`}`,
    expected: 'a number, a string, a boolean, or a list of them',
    fix: 'pass tensors only where a tensor is asked for; numbers given to a compiled function become tensors inside it',
  })
}
