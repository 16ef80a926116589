import { FileFormatError, StateError } from '../errors.ts'
import type { StoredArray } from '../formats/index.ts'
import { readSafetensors, writeSafetensors } from '../formats/safetensors.ts'
import type { Module, StoredTensor } from '../nn/index.ts'
import type { AnyOptimizer, OptimizerState } from '../optim/index.ts'
import type { Tensor } from '../tensor/index.ts'
import type { Snapshot } from './snapshot.ts'

/** The key of the library's own notes in a file's metadata. */
const KEY = 'neurite'
/** Names of slots begin with this; no path of a parameter holds a slash. */
const SLOT = 'optimizer/'
/** And those of the weights of the best epoch with this. */
const BEST = 'best/'

/** What stands beside the tensors of a stored model: plain data. */
export interface StoredNotes {
  readonly version: 1
  readonly optimizer?: Omit<OptimizerState, 'slots'>
  /** Where training was, in a checkpoint. */
  readonly training?: unknown
}

/** A model, and an optimiser, as the bytes of a safetensors file; notes travel in its metadata. */
export function encodeModel(
  { weights, optimizer }: Snapshot,
  training?: unknown,
  best?: ReadonlyMap<string, Tensor | StoredTensor>,
): Uint8Array {
  const tensors = new Map<string, StoredArray>()
  for (const [name, tensor] of weights) tensors.set(name, asStored(tensor))
  const notes: { -readonly [K in keyof StoredNotes]: StoredNotes[K] } = { version: 1 }
  if (optimizer !== undefined) {
    const { slots, ...rest } = optimizer
    for (const [name, slot] of slots) tensors.set(SLOT + name, asStored(slot))
    notes.optimizer = rest
  }
  if (training !== undefined) notes.training = training
  for (const [name, tensor] of best ?? []) tensors.set(BEST + name, asStored(tensor))
  return writeSafetensors({ tensors, metadata: { [KEY]: JSON.stringify(notes, encodeNumber) } })
}

/** What was stored, before anything is changed. */
export interface DecodedModel {
  readonly weights: ReadonlyMap<string, StoredTensor>
  readonly optimizer: OptimizerState | undefined
  readonly training: unknown
  /** The weights of the best epoch, in a checkpoint that keeps them. */
  readonly best?: ReadonlyMap<string, StoredTensor> | undefined
}

/**
 * Reads the bytes of `encodeModel`, or of any safetensors file.
 *
 * @throws FileFormatError for bytes of another kind
 */
export function decodeModel(bytes: Uint8Array): DecodedModel {
  const { tensors, metadata } = readSafetensors(bytes)
  const weights = new Map<string, StoredTensor>()
  const slots = new Map<string, StoredTensor>()
  const best = new Map<string, StoredTensor>()
  for (const [name, tensor] of tensors) {
    if (name.startsWith(SLOT)) slots.set(name.slice(SLOT.length), tensor)
    else if (name.startsWith(BEST)) best.set(name.slice(BEST.length), tensor)
    else weights.set(name, tensor)
  }
  const text = metadata[KEY]
  if (text === undefined) return { weights, optimizer: undefined, training: undefined }
  const notes = JSON.parse(text, decodeNumber) as StoredNotes
  if (notes.version !== 1) {
    throw new FileFormatError({
      what: `the stored model is of version ${String(notes.version)}`,
      expected: 'version 1',
      fix: 'read it with the version of the library that wrote it, or a newer one',
    })
  }
  return {
    weights,
    optimizer: notes.optimizer === undefined ? undefined : { ...notes.optimizer, slots },
    training: notes.training,
    best: best.size === 0 ? undefined : best,
  }
}

/** What `importState` promises. */
export function restoreModel(bytes: Uint8Array, model: Module, optimizer: AnyOptimizer | undefined): void {
  const stored = decodeModel(bytes)
  if (optimizer !== undefined && stored.optimizer === undefined) {
    throw new StateError({
      what: 'importState: the file holds no state of an optimiser',
      expected: 'a file that exportState(model, optimizer) gave',
      fix: 'import the model alone, or export it together with its optimiser',
    })
  }
  model.loadStateDict(stored.weights)
  if (optimizer !== undefined) optimizer.loadStateDict(stored.optimizer!)
}

function asStored(tensor: Tensor | StoredTensor): StoredArray {
  const data = 'hostValues' in tensor ? tensor.hostValues() : tensor.data
  return { dtype: tensor.dtype, shape: tensor.shape, data } as StoredArray
}

// JSON has no infinities; the best loss of a schedule starts as one.
function encodeNumber(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { notFinite: String(value) } : value
}

function decodeNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('notFinite' in value)) return value
  return Number(value.notFinite)
}
