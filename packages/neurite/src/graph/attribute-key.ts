const identities = new WeakMap<object, number>()
let nextIdentity = 0

/** The number of an object, the same as long as it lives. */
function identity(object: object): number {
  let found = identities.get(object)
  if (found === undefined) {
    found = nextIdentity++
    identities.set(object, found)
  }
  return found
}

/**
 * A text that two attribute values share exactly when they mean the same: numbers by value (0 and -0 differ, NaN equals
 * itself), lists and plain records by their parts. Typed arrays, instances of classes, host scalars and states count by
 * identity: their contents change.
 */
export function attributeKey(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value !== 'object' || value === null) return `${typeof value}:${String(value)}`
  if (Array.isArray(value)) return `[${value.map(attributeKey).join(',')}]`
  if ('structuralKey' in value) return String(value.structuralKey)
  if (Object.getPrototypeOf(value) !== Object.prototype) return `#${identity(value)}`
  const parts = Object.entries(value).map(([name, part]) => {
    const isOutside = (name === 'scalar' || name === 'state') && typeof part === 'object' && part !== null
    return `${name}:${isOutside ? `#${identity(part as object)}` : attributeKey(part)}`
  })
  return `{${parts.join(',')}}`
}
