/** Plans the loops of a program: the body of a scan becomes kernels of its own, by the same way as the program itself. */
import type { Node, TensorType } from '../graph/node.ts'
import { createNode, elementCount } from '../graph/node.ts'
import type { ScanAttributes } from '../graph/scan.ts'
import { scanRegions } from '../graph/scan.ts'
import { substitute } from '../graph/substitute.ts'
import type { Buffer } from './expression.ts'
import type { Kernel } from './kernel.ts'
import { planMemory } from './memory-plan.ts'
import type { BindingAttributes, BindingDeclaration, GraphProgram } from './program.ts'
import type { ContractStatement, ScanPlace, ScanStatement, Statement } from './statement.ts'
import type { StatementList } from './statements.ts'
import { contiguousView } from './view.ts'
import type { View } from './view.ts'

/** To pack a matrix takes as long as a few of its products with few rows: it pays from so many steps on. */
const [fewRows, packingPays] = [3, 16]

/** Makes kernels of a program; `settle` may change the statements before they are ordered. */
export type ToKernels = (
  program: GraphProgram,
  views?: ReadonlyMap<number, View>,
  settle?: (list: StatementList) => void,
) => { readonly list: StatementList; readonly kernels: readonly Kernel[] }

/** Plans every scan among the statements; `buffers` gets their working memory. */
export function planScans(statements: readonly Statement[], buffers: Buffer[], toKernels: ToKernels): void {
  for (const statement of statements) if (statement.kind === 'scan') planScan(statement, buffers, toKernels)
}

function planScan(statement: ScanStatement, buffers: Buffer[], toKernels: ToKernels): void {
  const { attributes, operands } = statement
  const { carries, reverse, stacked } = attributes
  const { regions } = scanRegions(attributes)
  const { program, results } = bodyProgram(attributes)
  const views = new Map<number, View>()
  const isSequence = (parameter: number): boolean => parameter < carries + attributes.sequences
  const stepView = ({ shape, strides }: View, parameter: number): View =>
    isSequence(parameter)
      ? { shape: shape.slice(1), strides: strides.slice(1), offset: 0 }
      : { shape, strides, offset: 0 }
  for (let i = carries; i < program.bindings.length; i++) views.set(i, stepView(operands[i - carries]!.view, i))

  const places: ScanPlace[] = []
  const enter = (buffer: Buffer, place: Omit<ScanPlace, 'buffer'>): void => {
    buffer.origin = { kind: 'outside', place: places.length }
    places.push({ buffer, ...place })
  }
  const settle = ({ statements, buffers: inner, outputs }: StatementList): void => {
    for (const buffer of inner) {
      if (buffer.origin.kind !== 'host') continue
      const { binding } = buffer.origin
      if (binding < carries) {
        const { offset, slot } = regions[binding]!
        enter(buffer, { operand: undefined, offset: offset + (reverse ? slot : 0), stride: slot })
      } else {
        const { view } = operands[binding - carries]!
        enter(buffer, {
          operand: binding - carries,
          offset: view.offset,
          stride: isSequence(binding) ? view.strides[0]! : 0,
        })
      }
    }
    outputs.forEach((output, i) => {
      const { offset, slot } = regions[results[i]!]!
      const first = results[i]! < carries && !reverse ? slot : 0
      const place = { operand: undefined, offset: offset + first, stride: slot }
      if (output.origin.kind === 'scratch') enter(output, place)
      else {
        // The value of another result once more.
        const { type, elements, label } = output
        const buffer: Buffer = { id: inner.length, type, elements, origin: { kind: 'scratch' }, label }
        inner.push(buffer)
        outputs[i] = buffer
        const view = contiguousView(type.shape)
        const value = { kind: 'load', id: -1, dtype: type.dtype, buffer: output, view } as const
        statements.push({ kind: 'map', shape: type.shape, value, target: { buffer, view }, after: [] })
        enter(buffer, place)
      }
    })
  }
  const { kernels } = toKernels(program, views, settle)
  const memory = planMemory(kernels, [], Infinity)
  const states = new Map(stacked.flatMap((keeps, i) => (keeps ? [] : [[i, regions[i]!.offset] as const])))
  const isInvariant = ({ origin }: Buffer): boolean =>
    origin.kind === 'outside' &&
    places[origin.place]!.operand !== undefined &&
    !isSequence(places[origin.place]!.operand! + carries)
  const panels = new Map<ContractStatement, number>()
  let bytes = memory.bytes
  for (const kernel of kernels) {
    if (kernel.kind !== 'contract' || !isInvariant(kernel.statement.b.buffer)) continue
    if (rowsOf(kernel.statement) <= fewRows && attributes.steps < packingPays) continue
    panels.set(kernel.statement, bytes)
    const { shape } = kernel.statement.b.view
    const columns = shape.at(-1)!
    bytes += 64 * Math.ceil((4 * packedElements(elementCount(shape) / columns, columns)) / 64)
  }
  const elements = bytes / 4
  const type: TensorType = { shape: [elements], dtype: 'float32' }
  const label = `${statement.target.buffer.label}: one step`
  const work: Buffer = { id: buffers.length, type, elements, origin: { kind: 'scratch' }, label }
  buffers.push(work)
  statement.plan = { kernels, memory, places, states, work, panels }
}

function rowsOf({ target }: ContractStatement): number {
  return elementCount(target.view.shape.slice(0, -1))
}

/** Elements that a packed matrix takes at most: columns are filled up, and three steps of the widest panel may be written too many. */
export function packedElements(depth: number, columns: number): number {
  return depth * 16 * Math.ceil(columns / 16) + 256
}

/** The body with its parameters as bindings: carries that keep no stack are states of it, which every step overwrites. */
function bodyProgram({ body, carries, stacked }: ScanAttributes): {
  readonly program: GraphProgram
  /** Per output of the program which result of the scan it is. */
  readonly results: readonly number[]
} {
  const isState = (i: number): boolean => i < carries && !stacked[i]!
  const parameters = body.parameters.map(({ shape, dtype }, index) => bindingNode({ index, type: { shape, dtype } }))
  const values = substitute(body.results, new Map(body.parameters.map((node, i) => [node, parameters[i]!])))
  const bindings = body.parameters.map(({ shape, dtype }, i): BindingDeclaration => ({
    kind: isState(i) ? 'state' : 'data',
    type: { shape, dtype },
  }))
  const all = values.map((_, i) => i).filter((i) => elementCount(values[i]!.shape) > 0)
  const results = all.filter((i) => !isState(i))
  return {
    program: {
      bindings,
      outputs: results.map((i) => values[i]!),
      assignments: all.filter(isState).map((binding) => ({ binding, value: values[binding]! })),
    },
    results,
  }
}

function bindingNode(attributes: BindingAttributes): Node {
  const { type } = attributes
  return createNode({ kind: 'source', name: 'binding', infer: () => type }, [], attributes)
}
