/** Which samples stand in which cell of the matrix. */
import type { Operation } from '../../src/graph/node.ts'
import { operations } from '../../src/ops/index.ts'
import { gradientMismatches } from '../support/gradient-check.ts'
import { convolutionBuilderCases, convolutionCases } from '../support/operation-cases-convolution.ts'
import { indexingBuilderCases, indexingCases } from '../support/operation-cases-indexing.ts'
import { movementBuilderCases, movementCases } from '../support/operation-cases-movement.ts'
import { normalisationCases } from '../support/operation-cases-normalisation.ts'
import { operationCases, type OperationCase } from '../support/operation-cases.ts'
import { readOperationFixtures } from '../support/operation-fixtures.ts'
import type { MatrixBackend } from './backends.ts'
import { canSurround, roundToGrid, surround } from './neighbourhood.ts'
import { checkForward, checkGradient } from './run-sample.ts'
import { caseSample, fixtureSample, type Sample } from './samples.ts'

export type Direction = 'forward' | 'gradient'
export type Column = 'cases' | 'torch' | 'fused'
export const directions: readonly Direction[] = ['forward', 'gradient']
export const columns: readonly Column[] = ['cases', 'torch', 'fused']

/** What PyTorch does not have, or has no numbers for. */
const OWN: Readonly<Record<string, readonly Direction[]>> = {
  // Its values are those of its input.
  detach: ['forward'],
  // torch.heaviside has no derivative.
  step: ['gradient'],
  threefry: ['forward'],
  unitInterval: ['forward'],
  uniform: ['forward'],
  normal: ['forward'],
  bernoulli: ['forward'],
  categorical: ['forward'],
  permutation: ['forward'],
  // Parts of max pooling, whose numbers are compared there.
  maxPoolWinner: ['forward'],
  maxPoolScatter: ['forward', 'gradient'],
  maxPoolPick: ['forward', 'gradient'],
}

export function isOwn(name: string, direction: Direction): boolean {
  return OWN[name]?.includes(direction) ?? false
}

const SURROUNDED = 8
const LARGEST_FLOAT = 1e18

const builderCases = { ...movementBuilderCases, ...indexingBuilderCases, ...convolutionBuilderCases }
const allCases: Readonly<Record<string, readonly OperationCase[]>> = {
  ...operationCases,
  ...normalisationCases,
  ...convolutionCases,
  ...movementCases,
  ...indexingCases,
  ...builderCases,
}
const allFixtures = readOperationFixtures()

export interface Cell {
  readonly samples: number
  /** Runs all samples; the texts of what differs. */
  readonly run: () => string[]
}

/** The names of the registered operations, and of the builders that only combine them. */
export const operationNames: readonly string[] = [
  ...operations.map((operation: Operation) => operation.name),
  ...Object.keys(builderCases),
]

export function hasGradient(name: string): boolean {
  return gradientSamples(fixtures(name)).length > 0 || differentiableCases(name).length > 0
}

function fixtures(name: string): Sample[] {
  return allFixtures.filter(({ operation }) => operation === name).map(fixtureSample)
}

function differentiableCases(name: string): OperationCase[] {
  return (allCases[name] ?? []).filter(({ differentiable }) => differentiable !== false)
}

function gradientSamples(samples: readonly Sample[]): Sample[] {
  return samples.filter(({ gradients }) => gradients !== undefined)
}

/** A cell of the matrix. */
export function cellOf(name: string, backend: MatrixBackend, direction: Direction, column: Column): Cell {
  if (column === 'cases') return casesCell(name, backend, direction)
  if (column === 'fused') return fusedCell(name, backend, direction)
  const samples = direction === 'forward' ? fixtures(name) : gradientSamples(fixtures(name))
  const usable = backend.exact || direction === 'forward' ? samples : samples.filter(staysInRange)
  return check(usable, backend, direction)
}

function casesCell(name: string, backend: MatrixBackend, direction: Direction): Cell {
  const items = direction === 'forward' ? (allCases[name] ?? []) : differentiableCases(name)
  // The oracle's own gradients are checked by difference quotients, everything else by the oracle.
  if (backend.exact && direction === 'gradient') {
    const run = (): string[] =>
      items.flatMap((item) => gradientMismatches(item).map((entry) => `${item.name ?? name}: ${JSON.stringify(entry)}`))
    return { samples: items.length, run }
  }
  const samples = items.map((item) => caseSample(item, backend.exact ? 'lowered' : 'definition'))
  return check(direction === 'forward' ? samples : gradientSamples(samples), backend, direction)
}

function fusedCell(name: string, backend: MatrixBackend, direction: Direction): Cell {
  const fromCases = (): Sample[] => (allCases[name] ?? []).map((item) => caseSample(item, 'definition', roundToGrid))
  const from = isOwn(name, direction) ? fromCases() : fixtures(name)
  const suitable = from.filter(canSurround)
  const chosen = (direction === 'forward' ? suitable : gradientSamples(suitable)).slice(0, SURROUNDED)
  const run = (): string[] =>
    chosen.flatMap((sample, i) => {
      const { sample: whole, seed } = surround(sample, i + 1 + 1000 * name.length)
      return text(() =>
        direction === 'forward' ? checkForward(backend.backend, whole) : checkGradient(backend.backend, whole, seed),
      )
    })
  return { samples: chosen.length, run }
}

function check(samples: readonly Sample[], backend: MatrixBackend, direction: Direction): Cell {
  const run = (): string[] => {
    return samples.flatMap((sample) =>
      text(() =>
        direction === 'forward' ? checkForward(backend.backend, sample) : checkGradient(backend.backend, sample),
      ),
    )
  }
  return { samples: samples.length, run }
}

function text(fn: () => string): string[] {
  const difference = fn()
  return difference === '' ? [] : [difference]
}

/** Gradients multiply: numbers near the ends of float32 leave its range on the way although the result would fit. */
function staysInRange({ inputs, outputs, gradients }: Sample): boolean {
  const arrays = [...inputs.map(({ values }) => values), ...outputs, ...(gradients ?? [])]
  return arrays.every(
    (values) =>
      values === null ||
      values.every(
        (x) => x === 0 || !Number.isFinite(x) || (Math.abs(x) < LARGEST_FLOAT && Math.abs(x) > 1 / LARGEST_FLOAT),
      ),
  )
}
