/**
 * A WebAssembly assembler: modules of functions over one imported memory.
 * Source: WebAssembly core specification 2.0, chapter "Binary Format".
 */
import { ByteWriter } from './byte-writer.ts'
import { FunctionBuilder } from './function-builder.ts'
import type { FunctionReference } from './function-builder.ts'
import type { ValueType } from './opcodes.ts'

export { FunctionBuilder } from './function-builder.ts'
export type { FunctionReference, Local } from './function-builder.ts'

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
