import type { DType, Node, Shape } from './node.ts'
import { topologicalOrder } from './node.ts'
import { Subgraph } from './scan.ts'

const LONGEST_LIST = 8

/**
 * A listing for people: one line per node, inputs first, with operation, inputs, attributes, dtype, shape and label.
 *
 *     %0 = binding {index: 0}                float32 [2, 3]
 *     %1 = relu %0                           float32 [2, 3]   # hidden (ReLU)
 *     -> %1
 */
export function dump(roots: readonly Node[]): string {
  const order = topologicalOrder(roots)
  const names = new Map(order.map((node, i) => [node, `%${i}`]))
  const reference = (node: Node): string => names.get(node)!
  const rows = order.map((node) => ({
    text: [reference(node), '=', node.operation.name, node.inputs.map(reference).join(', '), attributeText(node)]
      .filter((part) => part !== '')
      .join(' '),
    type: `${node.dtype} [${node.shape.join(', ')}]`,
    label: node.label === undefined ? '' : `  # ${node.label}`,
  }))
  const textWidth = Math.max(0, ...rows.map(({ text }) => text.length))
  const typeWidth = Math.max(0, ...rows.map(({ type }) => type.length))
  const lines = rows.map(({ text, type, label }) =>
    `${text.padEnd(textWidth)}  ${type.padEnd(label === '' ? 0 : typeWidth)}${label}`.trimEnd(),
  )
  const listing = [...lines, `-> ${roots.map(reference).join(', ')}`].join('\n')
  const loops = order.flatMap((node) => {
    const body = bodyOf(node.attributes)
    return body === undefined ? [] : [`${reference(node)}: one step\n${indented(dump(body.results))}`]
  })
  return [listing, ...loops].join('\n')
}

/** What a loop repeats. */
function bodyOf(attributes: unknown): Subgraph | undefined {
  return isRecord(attributes) && attributes['body'] instanceof Subgraph ? attributes['body'] : undefined
}

const indented = (text: string): string => text.replaceAll(/^/gm, '    ')

/** The attributes that the type of the node does not show already. */
function attributeText({ attributes, shape, dtype }: Node): string {
  if (typeof attributes !== 'object' || attributes === null) return ''
  const parts = Object.entries(attributes)
    .filter(([, value]) => !(value instanceof Subgraph) && !repeatsType(value, shape, dtype))
    .map(([name, value]) => `${name}: ${valueText(value)}`)
  return parts.length === 0 ? '' : `{${parts.join(', ')}}`
}

function repeatsType(value: unknown, shape: Shape, dtype: DType): boolean {
  if (value === dtype) return true
  if (Array.isArray(value)) return value.length === shape.length && value.every((size, i) => size === shape[i])
  return isRecord(value) && Object.keys(value).sort().join() === 'dtype,shape'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
}

function valueText(value: unknown): string {
  if (Object.is(value, -0)) return '-0'
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`
  if (Array.isArray(value)) {
    const shown = value.slice(0, LONGEST_LIST).map(valueText)
    return `[${shown.join(', ')}${value.length > LONGEST_LIST ? ', ...' : ''}]`
  }
  if (isRecord(value)) return 'id' in value ? `#${String(value['id'])}` : `{${Object.keys(value).join(', ')}}`
  return String(value)
}
