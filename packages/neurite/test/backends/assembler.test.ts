import { describe, expect, test } from 'vitest'
import { ModuleBuilder } from '../../src/backends/wasm/assembler.ts'
import { ByteWriter } from '../../src/backends/wasm/byte-writer.ts'
import { F32, F64, I32, lane } from '../../src/backends/wasm/opcodes.ts'

const bytes = (write: (out: ByteWriter) => void): number[] => {
  const out = new ByteWriter(1)
  write(out)
  return [...out.finish()]
}

// Values from the chapter on LEB128 in the DWARF standard and their neighbours at each change of length.
describe('LEB128', () => {
  test.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 1]],
    [12857, [0xb9, 0x64]],
    [16383, [0xff, 0x7f]],
    [16384, [0x80, 0x80, 1]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('unsigned %i', (value, expected) => {
    expect(bytes((out) => out.unsigned(value))).toEqual(expected)
  })

  test.each([
    [0, [0]],
    [-1, [0x7f]],
    [63, [0x3f]],
    [64, [0xc0, 0]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [128, [0x80, 1]],
    [-129, [0xff, 0x7e]],
    [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 0x07]],
    [-(2 ** 31), [0x80, 0x80, 0x80, 0x80, 0x78]],
    // Addresses above 2 GiB are the negative number with the same bits.
    [2 ** 31, [0x80, 0x80, 0x80, 0x80, 0x78]],
  ])('signed %i', (value, expected) => {
    expect(bytes((out) => out.signed(value))).toEqual(expected)
  })

  test('writers grow', () => {
    expect(bytes((out) => out.append(new Uint8Array(1000).fill(3))).length).toBe(1000)
    expect(bytes((out) => out.text('é'))).toEqual([2, 0xc3, 0xa9])
  })
})

const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 })

function instantiate(module: ModuleBuilder): WebAssembly.Exports {
  const code = module.build({ shared: false, initialPages: 1, maximumPages: 1 })
  return new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } }).exports
}

describe('constants', () => {
  const numbers = [0, -0, 1.5, -2.5, Infinity, -Infinity, NaN, 1.401298464324817e-45]
  test.each(numbers)('%d, as a scalar and in every lane', (value) => {
    const module = new ModuleBuilder()
    module.export('f32', module.function([], [F32]).f32(value))
    module.export('f64', module.function([], [F64]).f64(value))
    module.export('lane', module.function([], [F32]).f32x4(value).lane(lane.f32x4Extract, 3))
    const found = instantiate(module) as Record<string, () => number>
    for (const name of ['f32', 'f64', 'lane']) expect(Object.is(found[name]!(), value)).toBe(true)
  })

  test.each([-(2 ** 31), -65, -64, -1, 0, 63, 64, 2 ** 31 - 1])('int32 %i', (value) => {
    const module = new ModuleBuilder()
    module.export('i32', module.function([], [I32]).i32(value))
    expect((instantiate(module)['i32'] as () => number)()).toBe(value)
  })

  test('held in locals keep 0 and -0 apart, and equal ones together', () => {
    const module = new ModuleBuilder()
    const f = module.function([], [F32])
    const [zero, negative] = [f.constant('f32x4', 0), f.constant('f32x4', -0)]
    expect(f.constant('f32x4', -0)).toBe(negative)
    expect(zero).not.toBe(negative)
    f.get(negative).lane(lane.f32x4Extract, 0)
    module.export('f', f)
    expect(Object.is((instantiate(module)['f'] as () => number)(), -0)).toBe(true)
  })
})

test('functions call each other, and imports come first', () => {
  const module = new ModuleBuilder()
  const inner = module.function([I32], [I32]).get(0)
  module.export('outer', module.function([I32], [I32]).get(0).call(inner))
  expect((instantiate(module)['outer'] as (x: number) => number)(42)).toBe(42)
  expect(() => module.importFunction('late', [], [])).toThrow('indices would shift')
})
