/** Chains of movements as views, against maps of element numbers that are moved one by one. */
import { expect, test } from 'vitest'
import {
  contiguousView,
  expandView,
  isContiguous,
  permuteView,
  reshapeView,
  sliceView,
  type View,
} from '../../src/compiler/view.ts'
import { elementCount } from '../../src/graph/node.ts'
import { RandomStream } from '../../src/math/random.ts'

/** Coordinates of a flat number in a shape. */
function coordinates(shape: readonly number[], flat: number): number[] {
  const found: number[] = []
  let rest = flat
  for (let i = shape.length - 1; i >= 0; i--) {
    found.unshift(rest % shape[i]!)
    rest = Math.floor(rest / shape[i]!)
  }
  return found
}
const flatOf = (shape: readonly number[], at: readonly number[]): number =>
  at.reduce((flat, coordinate, i) => flat * shape[i]! + coordinate, 0)

const elements = ({ shape, strides, offset }: View): number[] =>
  Array.from({ length: elementCount(shape) }, (_, i) =>
    coordinates(shape, i).reduce((sum, coordinate, axis) => sum + coordinate * strides[axis]!, offset),
  )

interface Pair {
  readonly view: View
  /** The element number behind each place, computed without strides. */
  readonly map: readonly number[]
}

const movedBy = (map: readonly number[], shape: readonly number[], from: (at: number[]) => number): number[] =>
  Array.from({ length: elementCount(shape) }, (_, i) => map[from(coordinates(shape, i))]!)

function permute({ view, map }: Pair, stream: RandomStream): Pair {
  const order = [...stream.permutation(view.shape.length)]
  const moved = permuteView(view, order)
  const from = (at: number[]): number => {
    const old = new Array<number>(order.length)
    order.forEach((axis, i) => (old[axis] = at[i]!))
    return flatOf(view.shape, old)
  }
  return { view: moved, map: movedBy(map, moved.shape, from) }
}

function slice({ view, map }: Pair, stream: RandomStream): Pair {
  const parts = view.shape.map((length) => {
    const step = [1, 2, -1, -2][stream.integer(4)]!
    const start = stream.integer(length)
    const room = step > 0 ? length - 1 - start : start
    return { start, step, size: 1 + stream.integer(Math.floor(room / Math.abs(step)) + 1) }
  })
  const pick = (name: 'start' | 'step' | 'size'): number[] => parts.map((part) => part[name])
  const moved = sliceView(view, { start: pick('start'), size: pick('size'), step: pick('step') })
  const from = (at: number[]): number =>
    flatOf(
      view.shape,
      at.map((coordinate, i) => parts[i]!.start + coordinate * parts[i]!.step),
    )
  return { view: moved, map: movedBy(map, moved.shape, from) }
}

function expand({ view, map }: Pair, stream: RandomStream): Pair {
  const shape = view.shape.map((length) => (length === 1 ? 1 + stream.integer(3) : length))
  const from = (at: number[]): number =>
    flatOf(
      view.shape,
      at.map((coordinate, i) => (view.shape[i] === 1 ? 0 : coordinate)),
    )
  return { view: expandView(view, shape), map: movedBy(map, shape, from) }
}

function factors(count: number, stream: RandomStream): number[] {
  const shape: number[] = []
  for (let rest = count, divisor = 2; rest > 1;) {
    if (rest % divisor !== 0) divisor++
    else {
      rest /= divisor
      if (shape.length > 0 && stream.integer(2) === 0) shape[shape.length - 1]! *= divisor
      else shape.push(divisor)
    }
  }
  if (stream.integer(3) === 0) shape.splice(stream.integer(shape.length + 1), 0, 1)
  return shape
}

test('2,000 random chains of permute, slice, expand and reshape read the right elements', () => {
  const stream = new RandomStream(5, 'views')
  let reshaped = 0
  let copies = 0
  for (let round = 0; round < 2000; round++) {
    const shape = Array.from({ length: 1 + stream.integer(4) }, () => 1 + stream.integer(5))
    const view = contiguousView(shape)
    let pair: Pair = { view, map: elements(view) }
    expect(pair.map).toEqual(Array.from({ length: elementCount(shape) }, (_, i) => i))
    for (let step = 0; step < 4 && pair.map.length < 2000; step++) {
      const kind = stream.integer(4)
      if (kind < 3) pair = [permute, slice, expand][kind]!(pair, stream)
      else {
        const changed = reshapeView(pair.view, factors(pair.map.length, stream))
        if (changed === undefined) copies++
        else {
          reshaped++
          pair = { view: changed, map: pair.map }
        }
      }
      const found = elements(pair.view)
      if (found.join() !== pair.map.join()) expect({ round, found }).toEqual({ round, found: pair.map })
      if (isContiguous(pair.view)) expect(pair.map.every((element, i) => element === i)).toBe(true)
    }
  }
  expect(Math.min(reshaped, copies)).toBeGreaterThan(100)
})

test('a reshape without a copy is found where there is one', () => {
  const view = permuteView(contiguousView([2, 3, 4]), [1, 0, 2])
  expect(reshapeView(view, [3, 2, 2, 2])).toEqual({ shape: [3, 2, 2, 2], strides: [4, 12, 2, 1], offset: 0 })
  expect(reshapeView(view, [6, 4])).toBeUndefined()
  expect(reshapeView(contiguousView([0, 3]), [3, 0, 7])!.shape).toEqual([3, 0, 7])
})
