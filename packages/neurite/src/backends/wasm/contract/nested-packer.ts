import type { FunctionReference, ModuleBuilder } from '../assembler.ts'
import { I32, i32 } from '../opcodes.ts'
import { advance, shared } from './emit.ts'
import type { DepthLoop } from './nested-specification.ts'
import { packKind, packPanel } from './pack.ts'

export interface PackerShape {
  readonly cut: DepthLoop
  readonly inner: readonly DepthLoop[]
  readonly bColumn: number
  readonly width: number
  readonly columns: number
}

/** A function (source, target, steps of the cut loop) that packs one panel of a chunk. */
export function nestedPacker(module: ModuleBuilder, shape: PackerShape): FunctionReference {
  const { cut, inner, bColumn, width, columns } = shape
  return shared(module, `nested pack ${JSON.stringify(shape)}`, () => {
    const straight = inner.at(-1)
    const last = straight ?? cut
    const packer = packPanel(module, packKind(bColumn, last.b), width, columns)
    const f = module.function([I32, I32, I32])
    const [source, target, steps] = [0, 1, 2] as const
    const line = (): void => {
      f.get(source).get(target)
      if (straight) f.i32(straight.size)
      else f.get(steps)
      f.i32(4 * bColumn)
        .i32(4 * last.b)
        .call(packer)
      if (straight) advance(f, target, 4 * width * straight.size)
    }
    const nest = (level: number): void => {
      if (level >= inner.length - 1) {
        line()
        return
      }
      const { size, b } = inner[level]!
      const counter = f.local(I32)
      f.i32(size).set(counter)
      f.loop(() => {
        nest(level + 1)
        advance(f, source, 4 * b)
        f.get(counter).i32(1).op(i32.sub).tee(counter).branchIf(0)
      })
      advance(f, source, -4 * b * size)
    }
    if (!straight) line()
    else
      f.loop(() => {
        nest(0)
        advance(f, source, 4 * cut.b)
        f.get(steps).i32(1).op(i32.sub).tee(steps).branchIf(0)
      })
    return f
  })
}
