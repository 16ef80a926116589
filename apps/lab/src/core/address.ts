/** What a clickable number refers to. Printed as text, it names a number in links, tests and the page. */
export type Address =
  | { readonly kind: 'parameter'; readonly path: string; readonly index: number }
  | { readonly kind: 'gradient'; readonly path: string; readonly index: number }
  | UnitAddress
  | InputAddress
  | { readonly kind: 'loss' }

export interface UnitAddress {
  readonly kind: 'activation'
  readonly layer: number
  readonly unit: number
  readonly example: number
}

export interface InputAddress {
  readonly kind: 'input'
  readonly index: number
  readonly example: number
}

/** `parameter:0.weight[3]`, `activation:2[1]@5`, `input:0@5`, `loss`. */
export function printAddress(address: Address): string {
  switch (address.kind) {
    case 'parameter':
    case 'gradient':
      return `${address.kind}:${address.path}[${address.index}]`
    case 'activation':
      return `activation:${address.layer}[${address.unit}]@${address.example}`
    case 'input':
      return `input:${address.index}@${address.example}`
    case 'loss':
      return 'loss'
    default:
      return address satisfies never
  }
}

/** The address that a text names, or undefined. */
export function parseAddress(text: string): Address | undefined {
  if (text === 'loss') return { kind: 'loss' }
  const parameter = /^(parameter|gradient):([\w.]+)\[(\d+)\]$/.exec(text)
  if (parameter !== null) {
    const kind = parameter[1] === 'parameter' ? 'parameter' : 'gradient'
    return { kind, path: parameter[2]!, index: Number(parameter[3]) }
  }
  const activation = /^activation:(\d+)\[(\d+)\]@(\d+)$/.exec(text)
  if (activation !== null) {
    const [layer, unit, example] = activation.slice(1).map(Number)
    return { kind: 'activation', layer: layer!, unit: unit!, example: example! }
  }
  const input = /^input:(\d+)@(\d+)$/.exec(text)
  if (input !== null) return { kind: 'input', index: Number(input[1]), example: Number(input[2]) }
  return undefined
}

/** `0.weight[3]` taken apart. */
export function parseElement(text: string): { path: string; index: number } | undefined {
  const found = /^([\w.]+)\[(\d+)\]$/.exec(text)
  return found === null ? undefined : { path: found[1]!, index: Number(found[2]) }
}

export const printElement = (path: string, index: number): string => `${path}[${index}]`
