import { describe, expect, test } from 'vitest'
import { bfloat16ToFloat32, float16ToFloat32, float32ToBfloat16, float32ToFloat16 } from '../../src/formats/half.ts'

const formats = [
  { name: 'float16', toFloat32: float16ToFloat32, fromFloat32: float32ToFloat16, infinity: 0x7c00 },
  { name: 'bfloat16', toFloat32: bfloat16ToFloat32, fromFloat32: float32ToBfloat16, infinity: 0x7f80 },
]

/** The float32 next to a positive one, `steps` away. */
function neighbour(value: number, steps: number): number {
  const bits = new Int32Array(new Float32Array([value]).buffer)
  bits[0]! += steps
  return new Float32Array(bits.buffer)[0]!
}

describe.each(formats)('$name', ({ name, toFloat32, fromFloat32, infinity }) => {
  const all = Uint16Array.from({ length: 65536 }, (_, i) => i)
  const values = toFloat32(all)

  test('each of the 65,536 values comes back as it was; NaN comes back as NaN', () => {
    const back = fromFloat32(values)
    const wrong = [...all].filter((half) => {
      const isNaN = (half & 0x7fff) > infinity
      return isNaN ? !Number.isNaN(values[half]!) || !((back[half]! & 0x7fff) > infinity) : back[half] !== half
    })
    expect(wrong).toEqual([])
  })

  test('rounds to the nearest, and ties to even, between every two neighbours', () => {
    const wrong: number[] = []
    for (let half = 0; half < infinity - 1; half++) {
      const middle = (values[half]! + values[half + 1]!) / 2
      // Where bfloat16 is so small that float32 has no number between the two, there is nothing to round.
      if (Math.fround(middle) !== middle) continue
      const even = half % 2 === 0 ? half : half + 1
      const got = fromFloat32(new Float32Array([middle, neighbour(middle, -1), neighbour(middle, 1), -middle]))
      if (got[0] !== even || got[1] !== half || got[2] !== half + 1 || got[3] !== (even | 0x8000)) wrong.push(half)
    }
    expect(wrong).toEqual([])
  })

  test('known values', () => {
    const known = name === 'float16' ? [0x3c00, 0xc000, 0x0001, 0x7bff] : [0x3f80, 0xc000, 0x0001, 0x7f7f]
    const smallest = name === 'float16' ? 2 ** -24 : 2 ** -133
    const largest = name === 'float16' ? 65504 : 2 ** 127 * (2 - 2 ** -7)
    expect([...toFloat32(new Uint16Array(known))]).toEqual([1, -2, smallest, largest])
    expect([...toFloat32(new Uint16Array([0x8000, infinity, infinity | 0x8000]))]).toEqual([-0, Infinity, -Infinity])
  })

  test('what is too large becomes infinite', () => {
    const largest = values[infinity - 1]!
    const step = largest - values[infinity - 2]!
    const edge = Math.fround(largest + step / 2)
    expect([...fromFloat32(new Float32Array([edge, neighbour(edge, -1), -3.4e38, -Infinity]))]).toEqual([
      infinity,
      infinity - 1,
      name === 'float16' ? infinity | 0x8000 : fromFloat32(new Float32Array([-3.4e38]))[0],
      infinity | 0x8000,
    ])
  })
})
