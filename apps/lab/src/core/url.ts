import { parseElement } from './address.ts'
import { deflate, fromBase64Url, inflate, toBase64Url } from './compressed.ts'
import { parseNumber } from './numbers.ts'
import {
  ACTIVATIONS,
  DATA_KINDS,
  type Edit,
  EDIT_KINDS,
  FEATURES,
  MOST_STEPS,
  ORDERS,
  type Problem,
  type Run,
  type RunSpec,
  specProblem,
} from './run/spec.ts'

/** Longer addresses are cut or refused by some programs that pass them on: such a run goes into a file. */
export const MOST_URL = 8192

/** What an address held: a run where it named one, and what could not be understood. */
export interface Opened {
  readonly run: Run | undefined
  readonly problems: readonly Problem[]
}

interface Field {
  readonly key: string
  readonly print: (spec: RunSpec) => string
  /** The specification with this field set, or undefined where the text makes no sense. */
  readonly read: (text: string, spec: RunSpec) => RunSpec | undefined
  readonly kind: 'number' | 'choice'
}

const numberField = (
  key: string,
  get: (spec: RunSpec) => number,
  set: (value: number, spec: RunSpec) => RunSpec,
): Field => ({
  key,
  kind: 'number',
  print: (spec) => String(get(spec)),
  read: (text, spec) => {
    const value = parseNumber(text)
    return value === undefined ? undefined : set(value, spec)
  },
})

const choiceField = <T extends string>(
  key: string,
  choices: readonly T[],
  get: (spec: RunSpec) => T,
  set: (value: T, spec: RunSpec) => RunSpec,
): Field => ({
  key,
  kind: 'choice',
  print: get,
  read: (text, spec) => {
    const value = choices.find((choice) => choice === text)
    return value === undefined ? undefined : set(value, spec)
  },
})

const withData = (spec: RunSpec, data: Partial<RunSpec['data']>): RunSpec => ({
  ...spec,
  data: { ...spec.data, ...data },
})
const withModel = (spec: RunSpec, model: Partial<RunSpec['model']>): RunSpec => ({
  ...spec,
  model: { ...spec.model, ...model },
})
const withOptimiser = (spec: RunSpec, optimiser: Partial<RunSpec['optimiser']>): RunSpec => ({
  ...spec,
  optimiser: { ...spec.optimiser, ...optimiser },
})

/** Everything that an address says about a specification, in one table. */
const FIELDS: readonly Field[] = [
  numberField(
    'seed',
    ({ seed }) => seed,
    (seed, spec) => ({ ...spec, seed }),
  ),
  choiceField(
    'data',
    DATA_KINDS,
    ({ data }) => data.kind,
    (kind, spec) => withData(spec, { kind }),
  ),
  numberField(
    'samples',
    ({ data }) => data.samples,
    (samples, spec) => withData(spec, { samples }),
  ),
  numberField(
    'noise',
    ({ data }) => data.noise,
    (noise, spec) => withData(spec, { noise }),
  ),
  numberField(
    'dataSeed',
    ({ data }) => data.seed,
    (seed, spec) => withData(spec, { seed }),
  ),
  numberField(
    'margin',
    ({ data }) => data.margin ?? 0,
    (margin, spec) => withData(spec, { margin }),
  ),
  numberField(
    'table',
    ({ data }) => data.table ?? 0,
    (table, spec) => withData(spec, { table }),
  ),
  numberField(
    'turn',
    ({ data }) => data.turn ?? 0,
    (turn, spec) => withData(spec, { turn }),
  ),
  choiceField(
    'feature',
    FEATURES,
    ({ model }) => model.feature ?? 'none',
    (feature, spec) => withModel(spec, { feature }),
  ),
  choiceField(
    'order',
    ORDERS,
    ({ order }) => order ?? 'listed',
    (order, spec) => ({ ...spec, order }),
  ),
  {
    key: 'layers',
    kind: 'number',
    print: ({ model }) => model.layers.join('-'),
    read: (text, spec) => {
      const layers = text === '' ? [] : text.split('-').map((part) => parseNumber(part))
      return layers.every((units) => units !== undefined) ? withModel(spec, { layers }) : undefined
    },
  },
  choiceField(
    'act',
    ACTIVATIONS,
    ({ model }) => model.activation,
    (activation, spec) => withModel(spec, { activation }),
  ),
  numberField(
    'rate',
    ({ optimiser }) => optimiser.learningRate,
    (learningRate, spec) => withOptimiser(spec, { learningRate }),
  ),
  numberField(
    'momentum',
    ({ optimiser }) => optimiser.momentum,
    (momentum, spec) => withOptimiser(spec, { momentum }),
  ),
  numberField(
    'batch',
    ({ batch }) => batch,
    (batch, spec) => ({ ...spec, batch }),
  ),
]

/** The part of the address behind `#` that names a run; only what differs from the chapter's own beginning. */
export async function printUrl(run: Run, start: RunSpec): Promise<string> {
  const parts = FIELDS.filter((field) => field.print(run.spec) !== field.print(start)).map(
    (field) => `${field.key}=${encodeURIComponent(field.print(run.spec))}`,
  )
  if (run.head > 0) parts.push(`at=${run.head}`)
  if (run.journal.length > 0) parts.push(`edits=${await packJournal(run.journal)}`)
  return parts.length === 0 ? '' : `#${parts.join('&')}`
}

/** Reads an address. What cannot be understood is left as the chapter begins, and told. */
export async function parseUrl(hash: string, start: RunSpec): Promise<Opened> {
  const text = hash.replace(/^#/, '')
  // Without an equals sign it names a place in the text.
  if (!text.includes('=')) return { run: undefined, problems: [] }
  const problems: Problem[] = []
  let spec = start
  let head = 0
  let journal: readonly Edit[] = []
  for (const part of text.split('&')) {
    const equals = part.indexOf('=')
    const key = equals < 0 ? part : part.slice(0, equals)
    const value = decode(equals < 0 ? '' : part.slice(equals + 1))
    if (key === 'at') {
      const at = parseNumber(value)
      if (at === undefined) problems.push({ kind: 'number', field: 'at', text: value })
      else if (!Number.isInteger(at) || at < 0 || at > MOST_STEPS) {
        problems.push({ kind: 'range', field: 'at', low: 0, high: MOST_STEPS })
      } else head = at
      continue
    }
    if (key === 'edits') {
      const edits = await unpackJournal(value)
      if (edits === undefined) problems.push({ kind: 'journal' })
      else journal = edits
      continue
    }
    const field = FIELDS.find((candidate) => candidate.key === key)
    if (field === undefined) {
      problems.push({ kind: 'foreignField', field: key })
      continue
    }
    const next = field.read(value, spec)
    if (next === undefined) problems.push({ kind: field.kind, field: key, text: value })
    else spec = next
  }
  const impossible = specProblem(spec)
  if (impossible !== undefined) return { run: undefined, problems: [...problems, impossible] }
  return { run: { spec, journal, head }, problems }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A journal as short text: JSON, compressed, in the letters that addresses may hold. */
export async function packJournal(journal: readonly Edit[]): Promise<string> {
  const rows = journal.map(({ at, kind, path, value }) => [at, kind, path, value])
  return toBase64Url(await deflate(new TextEncoder().encode(JSON.stringify(rows))))
}

/** The journal that `packJournal` wrote; undefined for anything else. */
export async function unpackJournal(text: string): Promise<readonly Edit[] | undefined> {
  const bytes = fromBase64Url(text)
  if (bytes === undefined) return undefined
  try {
    return readJournal(JSON.parse(new TextDecoder().decode(await inflate(bytes, 1_000_000))))
  } catch {
    return undefined
  }
}

/** Checks what came from outside, row by row. */
export function readJournal(rows: unknown): readonly Edit[] | undefined {
  if (!Array.isArray(rows)) return undefined
  const journal: Edit[] = []
  for (const row of rows as unknown[]) {
    if (!Array.isArray(row) || row.length !== 4) return undefined
    const [at, kind, path, value] = row as unknown[]
    const known = EDIT_KINDS.find((candidate) => candidate === kind)
    if (typeof at !== 'number' || !Number.isInteger(at) || at < (journal.at(-1)?.at ?? 0) || at > MOST_STEPS)
      return undefined
    if (known === undefined || typeof path !== 'string' || typeof value !== 'number' || !Number.isFinite(value))
      return undefined
    if ((known === 'set' || known === 'point') && parseElement(path) === undefined) return undefined
    if ((known === 'freeze' || known === 'off') && !/^\d+\.\d+$/.test(path)) return undefined
    journal.push({ at, kind: known, path, value })
  }
  return journal
}
