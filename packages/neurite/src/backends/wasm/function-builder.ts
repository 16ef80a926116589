/** Writes the code of one WebAssembly function. It checks nothing about types: the engine validates every module. */
import { ByteWriter } from './byte-writer.ts'
import { laneMemory, memory, V128 } from './opcodes.ts'
import type { LaneMemoryInstruction, MemoryInstruction, ValueType } from './opcodes.ts'

const scratch = new DataView(new ArrayBuffer(16))

/** Index of a local variable (parameters first). */
export type Local = number

export interface FunctionReference {
  readonly index: number
}

export class FunctionBuilder implements FunctionReference {
  code = new ByteWriter()
  readonly locals: ValueType[] = []
  /** Runs once before the body: sets the locals that hold constants. */
  private readonly prologue = new ByteWriter(64)
  private readonly constants = new Map<string, Local>()
  readonly index: number
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]

  constructor(index: number, parameters: readonly ValueType[], results: readonly ValueType[]) {
    this.index = index
    this.parameters = parameters
    this.results = results
  }

  local(type: ValueType): Local {
    this.locals.push(type)
    return this.parameters.length + this.locals.length - 1
  }

  localsOf(type: ValueType, count: number): Local[] {
    return Array.from({ length: count }, () => this.local(type))
  }

  /**
   * A local that holds a constant vector, set once at the start of the function. V8 reloads `v128.const` in every round
   * of a loop, which makes elementary functions twice as slow.
   */
  constant(type: 'f32x4' | 'i32x4' | 'f64x2', value: number): Local {
    const key = `${type}:${Object.is(value, -0) ? '-0' : value}`
    let local = this.constants.get(key)
    if (local === undefined) {
      local = this.local(V128)
      this.constants.set(key, local)
      const body = this.code
      this.code = this.prologue
      this[type](value)
      this.set(local)
      this.code = body
    }
    return local
  }

  /** The encoded body: locals, prologue, code, end. */
  encode(): ByteWriter {
    const encoded = encodeLocals(this.locals)
    encoded.append(this.prologue.bytes, this.prologue.length)
    encoded.append(this.code.bytes, this.code.length)
    encoded.byte(0x0b)
    return encoded
  }

  /** Emits instructions that carry no immediate operands. */
  op(...codes: number[]): this {
    for (const code of codes) {
      if (code > 0xff) {
        this.code.byte(code >> 16)
        this.code.unsigned(code & 0xffff)
      } else this.code.byte(code)
    }
    return this
  }

  get(local: Local): this {
    this.code.byte(0x20)
    this.code.unsigned(local)
    return this
  }

  set(local: Local): this {
    this.code.byte(0x21)
    this.code.unsigned(local)
    return this
  }

  tee(local: Local): this {
    this.code.byte(0x22)
    this.code.unsigned(local)
    return this
  }

  i32(value: number): this {
    this.code.byte(0x41)
    this.code.signed(value)
    return this
  }

  i64(value: number): this {
    this.code.byte(0x42)
    this.code.signed(value)
    return this
  }

  f32(value: number): this {
    scratch.setFloat32(0, value, true)
    this.code.byte(0x43)
    for (let i = 0; i < 4; i++) this.code.byte(scratch.getUint8(i))
    return this
  }

  f64(value: number): this {
    scratch.setFloat64(0, value, true)
    this.code.byte(0x44)
    for (let i = 0; i < 8; i++) this.code.byte(scratch.getUint8(i))
    return this
  }

  private v128Constant(): this {
    this.op(0xfd000c)
    for (let i = 0; i < 16; i++) this.code.byte(scratch.getUint8(i))
    return this
  }

  /** A vector whose four float32 lanes hold `value`, or one value per lane. */
  f32x4(...values: number[]): this {
    for (let i = 0; i < 4; i++) scratch.setFloat32(4 * i, values[values.length === 1 ? 0 : i]!, true)
    return this.v128Constant()
  }

  i32x4(...values: number[]): this {
    for (let i = 0; i < 4; i++) scratch.setInt32(4 * i, values[values.length === 1 ? 0 : i]!, true)
    return this.v128Constant()
  }

  f64x2(value: number): this {
    for (let i = 0; i < 2; i++) scratch.setFloat64(8 * i, value, true)
    return this.v128Constant()
  }

  /** A load or store at the address on the stack plus a constant byte offset. */
  mem(instruction: MemoryInstruction, offset = 0): this {
    const [code, alignment] = memory[instruction]
    this.op(code)
    this.code.unsigned(alignment)
    this.code.unsigned(offset)
    return this
  }

  memLane(instruction: LaneMemoryInstruction, laneIndex: number, offset = 0): this {
    const [code, alignment] = laneMemory[instruction]
    this.op(code)
    this.code.unsigned(alignment)
    this.code.unsigned(offset)
    this.code.byte(laneIndex)
    return this
  }

  /** Extracts or replaces a lane; the opcode is one of `lane` in opcodes.ts. */
  lane(code: number, laneIndex: number): this {
    this.op(code)
    this.code.byte(laneIndex)
    return this
  }

  /** Picks four 32-bit lanes from two vectors: 0-3 from the first, 4-7 from the second. */
  shuffle32(a: number, b: number, c: number, d: number): this {
    this.op(0xfd000d)
    for (const index of [a, b, c, d]) for (let i = 0; i < 4; i++) this.code.byte(4 * index + i)
    return this
  }

  block(body: () => void): this {
    this.code.byte(0x02)
    this.code.byte(0x40)
    body()
    this.code.byte(0x0b)
    return this
  }

  /** A loop that ends unless its body branches back with `branch(0)` or `branchIf(0)`. */
  loop(body: () => void): this {
    this.code.byte(0x03)
    this.code.byte(0x40)
    body()
    this.code.byte(0x0b)
    return this
  }

  /** Takes an i32 from the stack. */
  if(then: () => void, otherwise?: () => void): this {
    this.code.byte(0x04)
    this.code.byte(0x40)
    then()
    if (otherwise) {
      this.code.byte(0x05)
      otherwise()
    }
    this.code.byte(0x0b)
    return this
  }

  branch(depth: number): this {
    this.code.byte(0x0c)
    this.code.unsigned(depth)
    return this
  }

  branchIf(depth: number): this {
    this.code.byte(0x0d)
    this.code.unsigned(depth)
    return this
  }

  call(target: FunctionReference): this {
    this.code.byte(0x10)
    this.code.unsigned(target.index)
    return this
  }
}

function encodeLocals(locals: readonly ValueType[]): ByteWriter {
  const runs: { count: number; type: ValueType }[] = []
  for (const type of locals) {
    const last = runs[runs.length - 1]
    if (last?.type === type) last.count++
    else runs.push({ count: 1, type })
  }
  const encoded = new ByteWriter(32)
  encoded.unsigned(runs.length)
  for (const { count, type } of runs) {
    encoded.unsigned(count)
    encoded.byte(type)
  }
  return encoded
}
