/** The same texts, 40 % longer and in brackets: what is cut off or not translated shows at once. */
export function pseudo<T>(texts: T): T {
  return stretch(texts) as T
}

function stretch(value: unknown): unknown {
  if (typeof value === 'string') return value === 'en' || value === 'de' ? value : longer(value)
  if (typeof value === 'function') {
    return (...values: unknown[]) => stretch((value as (...values: unknown[]) => unknown)(...values))
  }
  if (value instanceof Promise) return value.then(stretch)
  if (Array.isArray(value)) return value.map(stretch)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, stretch(inner)]))
  }
  return value
}

const longer = (text: string): string => `[${text}${' longer'.repeat(Math.ceil((text.length * 0.4) / 7))}]`
