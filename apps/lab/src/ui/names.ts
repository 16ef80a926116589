import type { Address } from '../core/address.ts'
import { shown } from './shown.ts'
import type { Messages } from '../locales/index.ts'

/** What a number is called, counted from one, as the page shows it. */
export function nameOf(address: Address, layers: readonly number[], messages: Messages): string {
  const { card } = messages
  const unit = (layer: number, index: number): string =>
    layer === layers.length ? card.output : card.unit(layer + 1, index + 1)
  switch (address.kind) {
    case 'loss':
      return card.loss
    case 'input':
      return card.input(address.index + 1)
    case 'activation':
      return unit(address.layer, address.unit)
    case 'gradient':
      return card.gradientOf(nameOf({ ...address, kind: 'parameter' }, layers, messages))
    case 'parameter': {
      // Networks that are written out name their numbers one by one.
      if (!address.path.includes('.')) return shown(address.path)
      const [place, kind] = address.path.split('.')
      const layer = Number(place) / 2
      if (kind === 'bias') return card.bias(unit(layer, address.index))
      // A neuron alone has as many inputs as weights.
      const width = layers.length === 0 ? address.index + 1 : layer === 0 ? 2 : layers[layer - 1]!
      const from = address.index % width
      const to = Math.floor(address.index / width)
      return card.weight(layer === 0 ? card.input(from + 1) : unit(layer - 1, from), unit(layer, to))
    }
    default:
      return address satisfies never
  }
}
