/** A number as a visitor types it: comma or point, spaces around it, a true minus sign. Undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  const plain = text.trim().replace('−', '-').replace(',', '.')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}

/** A number to `digits` significant digits, in a language's own manner and with a true minus sign. */
export function printNumber(value: number, language: string, digits = 3): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e') as [string, string]
    const text = mantissa.replace('-', '−').replace('.', language.startsWith('de') ? ',' : '.')
    return `${text}·10${superscript(Number(exponent))}`
  }
  const decimals = size === 0 ? digits - 1 : Math.max(0, Math.min(6, digits - 1 - Math.floor(decade(size))))
  return new Intl.NumberFormat(language.startsWith('de') ? 'de' : 'en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
    .format(Object.is(value, -0) ? 0 : value)
    .replace('-', '−')
}

/** A number without zeros that say nothing: 0.5 and 0.67, where a table would have 0.500 and 0.670. */
export function printShort(value: number, language: string, digits = 3): string {
  const text = printNumber(value, language, digits)
  return /^[^·]*[.,]\d+$/.test(text) ? text.replace(/[.,]?0+$/, '') : text
}

/** The power of ten of the first digit, from its printed form: exact, and alike in every engine. */
function decade(size: number): number {
  return Number(size.toExponential().split('e')[1])
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

function superscript(value: number): string {
  const digits = String(Math.abs(value)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]!)
  return `${value < 0 ? '⁻' : ''}${digits}`
}
