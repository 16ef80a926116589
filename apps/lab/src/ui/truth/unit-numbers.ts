import type { Address } from '../../core/address.ts'
import { shown } from '../shown.ts'

/** Where the number at this place of a neuron is kept; the bias comes last. */
export const addressOf = (index: number, count: number): Address & { kind: 'parameter' } =>
  index === count - 1 ? { kind: 'parameter', path: '0.bias', index: 0 } : { kind: 'parameter', path: '0.weight', index }

export const numberName = (index: number, count: number): string => shown(index === count - 1 ? 'b' : `w${index + 1}`)
