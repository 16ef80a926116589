import { ArgumentError } from '../errors.ts'
import { type Shape, stateRole, withoutEffect } from '../tensor/for-modules.ts'
import { Tensor, zeros } from '../tensor/index.ts'
import { watchingForward } from './forward-watch.ts'
import { Module, type Network } from './module.ts'
import { requireKnownOptions } from './options.ts'

export interface SummaryOptions {
  /** The dtype of the input; 'int32' for models that start with an Embedding. Default 'float32'. */
  readonly dtype?: 'float32' | 'int32'
}

/** A row of a summary: a module, without what is inside it. */
export interface SummaryRow {
  readonly path: string
  readonly type: string
  readonly options: string
  /** Of its last output, where an input shape was given. */
  readonly outputShape: Shape | undefined
  /** Numbers in parameters directly in this module; those shared with a module above are not counted again. */
  readonly parameters: number
}

/** What `summary` found; `toString` makes a table of it, which console.log shows in Node. */
export interface Summary {
  readonly rows: readonly SummaryRow[]
  /** Numbers in all parameters, each counted once. */
  readonly parameters: number
  /** Those that are trained: not frozen. */
  readonly trainable: number
  /** Numbers in all buffers. */
  readonly buffers: number
  /** Of parameters and buffers. */
  readonly bytes: number
  toString(): string
}

/**
 * What a model is made of: its modules, how many numbers they hold, and with an input shape (batch included) also the
 * shapes between them. Nothing is computed and no random number is drawn.
 *
 * @throws ArgumentError for an unknown option
 * @throws ShapeError where the input does not fit the model
 *
 * @example
 * ```ts
 * import { Linear, ReLU, Sequential, summary } from 'neurite'
 *
 * const model = new Sequential(new Linear(784, 128), new ReLU(), new Linear(128, 10))
 * console.log(summary(model, [32, 784]).toString())
 * // → layer       output     parameters
 * // → ─────────────────────────────────
 * // → Sequential  [32, 10]
 * // →   0 Linear  [32, 128]     100,480
 * // →   1 ReLU    [32, 128]
 * // →   2 Linear  [32, 10]        1,290
 * // → ─────────────────────────────────
 * // → 101,770 parameters, 407.1 kB
 * ```
 */
export function summary(model: Module, inputShape?: Shape, options: SummaryOptions = {}): Summary {
  requireKnownOptions('summary', options, ['dtype'])
  if (!(model instanceof Module)) {
    throw new ArgumentError({
      what: `summary: got ${String(model)}`,
      expected: 'a module',
      fix: 'pass the model, then the shape of an input such as [1, 784]',
    })
  }
  const outputs =
    inputShape === undefined ? new Map<Module, Shape>() : outputShapes(model as Network, inputShape, options)
  const seen = new Set<Tensor>()
  const rows = [...model.namedModules()].map(([path, module]): SummaryRow => {
    let parameters = 0
    for (const [, value] of module.members()) {
      if (!(value instanceof Tensor) || stateRole(value) !== 'parameter' || seen.has(value)) continue
      seen.add(value)
      parameters += value.size
    }
    const type = module.typeName
    return { path, type, options: module.describeOptions(), outputShape: outputs.get(module), parameters }
  })
  const count = (tensors: readonly Tensor[]): number => tensors.reduce((sum, tensor) => sum + tensor.size, 0)
  const parameters = count(model.parameters())
  const trainable = count(model.parameters().filter((parameter) => parameter.requiresGrad))
  const buffers = count(model.buffers())
  const bytes = [...model.parameters(), ...model.buffers()].reduce(
    (sum, { dtype, size }) => sum + size * (dtype === 'float32' || dtype === 'int32' ? 4 : 1),
    0,
  )
  const found = { rows, parameters, trainable, buffers, bytes }
  const toString = (): string => asTable(found)
  // What console.log shows in Node.
  const shown = { value: toString, enumerable: false }
  return Object.defineProperty({ ...found, toString }, Symbol.for('nodejs.util.inspect.custom'), shown)
}

function outputShapes(model: Network, inputShape: Shape, { dtype = 'float32' }: SummaryOptions): Map<Module, Shape> {
  const shapes = new Map<Module, Shape>()
  withoutEffect(() =>
    watchingForward(
      (module, output) => {
        if (output instanceof Tensor) shapes.set(module, output.shape)
      },
      () => model.forward(zeros(inputShape, { dtype })),
    ),
  )
  return shapes
}

function asTable({ rows, parameters, trainable, buffers, bytes }: Omit<Summary, 'toString'>): string {
  const hasShapes = rows.some(({ outputShape }) => outputShape !== undefined)
  const cells = rows.map(({ path, type, outputShape, parameters }) => {
    const depth = path === '' ? 0 : path.split('.').length
    const name = path.split('.').at(-1)!
    const shape = outputShape === undefined ? '' : `[${outputShape.join(', ')}]`
    const layer = `${'  '.repeat(depth)}${name === '' ? '' : `${name} `}${type}`
    return [layer, shape, parameters === 0 ? '' : grouped(parameters)] as const
  })
  const table = [['layer', hasShapes ? 'output' : '', 'parameters'] as const, ...cells]
  const width = (column: 0 | 1 | 2): number => Math.max(...table.map((row) => row[column].length))
  const lines = table.map(([layer, shape, count]) => {
    const middle = hasShapes ? `${shape.padEnd(width(1))}  ` : ''
    return `${layer.padEnd(width(0))}  ${middle}${count.padStart(width(2))}`.trimEnd()
  })
  const rule = '─'.repeat(Math.max(...lines.map((line) => line.length)))
  const totals = [
    `${grouped(parameters)} parameters`,
    ...(trainable === parameters ? [] : [`${grouped(trainable)} of them trained`]),
    ...(buffers === 0 ? [] : [`${grouped(buffers)} numbers in buffers`]),
    asBytes(bytes),
  ]
  return [lines[0]!, rule, ...lines.slice(1), rule, totals.join(', ')].join('\n')
}

/** A whole number with a comma after every three digits. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

function asBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
