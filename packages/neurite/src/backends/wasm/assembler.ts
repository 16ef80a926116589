/**
 * A WebAssembly assembler: writes the binary format straight into growing byte arrays.
 * It checks nothing about types; `new WebAssembly.Module` validates every module anyway.
 * Source: WebAssembly core specification 2.0, chapter "Binary Format".
 */
import { laneMemory, memory, V128 } from './opcodes.ts'
import type { LaneMemoryInstruction, MemoryInstruction, ValueType } from './opcodes.ts'

const scratch = new DataView(new ArrayBuffer(16))

/** A byte array that grows. */
export class ByteWriter {
  bytes: Uint8Array
  length = 0

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity)
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    grown.set(this.bytes)
    this.bytes = grown
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1)
    this.bytes[this.length++] = value
  }

  unsigned(value: number): void {
    let rest = value >>> 0
    while (rest > 127) {
      this.byte((rest & 127) | 128)
      rest >>>= 7
    }
    this.byte(rest)
  }

  signed(value: number): void {
    let rest = value | 0
    for (;;) {
      const low = rest & 127
      rest >>= 7
      if ((rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0)) {
        this.byte(low)
        return
      }
      this.byte(low | 128)
    }
  }

  append(source: Uint8Array, length = source.length): void {
    this.reserve(length)
    this.bytes.set(source.subarray(0, length), this.length)
    this.length += length
  }

  text(value: string): void {
    const encoded = new TextEncoder().encode(value)
    this.unsigned(encoded.length)
    this.append(encoded)
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length) as Uint8Array<ArrayBuffer>
  }
}

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

interface ImportedFunction extends FunctionReference {
  readonly name: string
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
}

export interface MemoryImport {
  readonly shared: boolean
  readonly initialPages: number
  readonly maximumPages: number
}

/** Builds a module that imports one memory (`env.memory`) and exports named functions. */
export class ModuleBuilder {
  private readonly functions: FunctionBuilder[] = []
  private readonly imports: ImportedFunction[] = []
  private readonly exports: { name: string; index: number }[] = []

  importFunction(name: string, parameters: readonly ValueType[], results: readonly ValueType[]): FunctionReference {
    if (this.functions.length > 0) throw new Error('import functions before defining any: indices would shift')
    const imported = { name, parameters, results, index: this.imports.length }
    this.imports.push(imported)
    return imported
  }

  function(parameters: readonly ValueType[], results: readonly ValueType[] = []): FunctionBuilder {
    const built = new FunctionBuilder(this.imports.length + this.functions.length, parameters, results)
    this.functions.push(built)
    return built
  }

  export(name: string, target: FunctionReference): void {
    this.exports.push({ name, index: target.index })
  }

  build(memoryImport: MemoryImport): Uint8Array<ArrayBuffer> {
    const out = new ByteWriter(4096)
    for (const byte of [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) out.byte(byte)

    const types = new ByteWriter()
    const typeIndices = new Map<string, number>()
    const typeOf = (signature: { parameters: readonly ValueType[]; results: readonly ValueType[] }): number => {
      const key = `${signature.parameters.join()}:${signature.results.join()}`
      let index = typeIndices.get(key)
      if (index === undefined) {
        index = typeIndices.size
        typeIndices.set(key, index)
        types.byte(0x60)
        for (const list of [signature.parameters, signature.results]) {
          types.unsigned(list.length)
          for (const type of list) types.byte(type)
        }
      }
      return index
    }
    const importTypes = this.imports.map(typeOf)
    const functionTypes = this.functions.map(typeOf)

    const section = (id: number, count: number, body: ByteWriter): void => {
      const header = new ByteWriter(8)
      header.unsigned(count)
      out.byte(id)
      out.unsigned(header.length + body.length)
      out.append(header.bytes, header.length)
      out.append(body.bytes, body.length)
    }
    section(1, typeIndices.size, types)

    const imports = new ByteWriter()
    imports.text('env')
    imports.text('memory')
    imports.byte(2)
    imports.byte(memoryImport.shared ? 3 : 1)
    imports.unsigned(memoryImport.initialPages)
    imports.unsigned(memoryImport.maximumPages)
    this.imports.forEach((imported, i) => {
      imports.text('env')
      imports.text(imported.name)
      imports.byte(0)
      imports.unsigned(importTypes[i]!)
    })
    section(2, 1 + this.imports.length, imports)

    const declarations = new ByteWriter()
    for (const index of functionTypes) declarations.unsigned(index)
    section(3, this.functions.length, declarations)

    const exported = new ByteWriter()
    for (const { name, index } of this.exports) {
      exported.text(name)
      exported.byte(0)
      exported.unsigned(index)
    }
    section(7, this.exports.length, exported)

    const bodies = new ByteWriter(4096)
    for (const built of this.functions) {
      const body = built.encode()
      bodies.unsigned(body.length)
      bodies.append(body.bytes, body.length)
    }
    section(10, this.functions.length, bodies)
    return out.finish()
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
