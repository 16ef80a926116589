/** Where the neurons of a chain of layers lie in a picture of its network. */
export interface NeuronPlace {
  /** -1 for inputs, then hidden layers from 0, the output last. */
  readonly layer: number
  readonly unit: number
  readonly x: number
  readonly y: number
  readonly size: number
}

export const NETWORK_WIDTH = 400
export const NETWORK_HEIGHT = 300

/** Columns of squares from left to right; the more neurons a layer has, the smaller they are. */
export function networkLayout(layers: readonly number[], inputs = 2): readonly (readonly NeuronPlace[])[] {
  const columns = [inputs, ...layers, 1]
  const gap = (NETWORK_WIDTH - 60) / (columns.length - 1)
  return columns.map((units, column) => {
    const pitch = Math.min(58, (NETWORK_HEIGHT - 8) / units)
    const size = Math.min(40, Math.max(6, pitch - 6))
    return Array.from({ length: units }, (_, unit) => ({
      layer: column - 1,
      unit,
      x: 30 + column * gap,
      y: NETWORK_HEIGHT / 2 + (unit - (units - 1) / 2) * pitch,
      size,
    }))
  })
}

/** The width of a wire: in proportion to its weight, within what can be seen and what does not hide others. */
export const wireWidth = (weight: number): number =>
  Number.isFinite(weight) ? Math.min(9, 0.6 + 1.7 * Math.abs(weight)) : 9

/** A wire between two neurons, leaving and arriving level. */
export function wirePath(from: NeuronPlace, to: NeuronPlace): string {
  const [x0, x1] = [from.x + from.size / 2, to.x - to.size / 2]
  const bend = (x1 - x0) * 0.45
  const print = (value: number): string => value.toFixed(1)
  return `M${print(x0)} ${print(from.y)}C${print(x0 + bend)} ${print(from.y)} ${print(x1 - bend)} ${print(to.y)} ${print(x1)} ${print(to.y)}`
}
