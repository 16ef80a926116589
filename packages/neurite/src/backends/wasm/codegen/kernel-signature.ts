/** Kernels of equal structure share one function: all parameters of an optimiser are updated by the same code. */
import type { Buffer, Expression } from '../../../compiler/expression.ts'
import type { ColumnReduceKernel, LoopKernel, Stream } from '../../../compiler/kernel.ts'

export interface KernelSignature {
  readonly key: string
  /** Buffers in the order of the function's parameters. */
  readonly buffers: readonly Buffer[]
}

export function signatureOf(kernel: LoopKernel | ColumnReduceKernel): KernelSignature {
  const buffers: Buffer[] = []
  const expressions = new Map<Expression, number>()
  const parts: string[] = []
  const flat = kernel.kind === 'loop' && kernel.flat
  const numberOf = (buffer: Buffer): number => {
    const index = buffers.indexOf(buffer)
    return index >= 0 ? index : buffers.push(buffer) - 1
  }
  const streamKey = (stream: Stream): string => {
    const rows = stream.rows.map((d) => `${d.size}*${d.stride}`).join()
    // A flat kernel learns its length at run time.
    const inner = stream.inner.map((d) => `${flat && d.size > 1 ? 'n' : d.size}*${d.stride}`).join()
    return `${stream.offset}|${rows}|${inner}`
  }
  const describe = (expression: Expression, streams: LoopKernel['members'][number]['streams']): number => {
    const known = expressions.get(expression)
    if (known !== undefined) return known
    let text: string
    if (expression.kind === 'constant') text = `c${Object.is(expression.value, -0) ? '-0' : expression.value}`
    else if (expression.kind === 'apply') {
      text = `${expression.scalar}(${expression.inputs.map((input) => describe(input, streams)).join()})`
    } else {
      const base = expression.kind === 'load' ? `b${numberOf(expression.buffer)}` : 'i'
      text = `${base}[${streamKey(streams.get(expression)!)}]`
    }
    const id = expressions.size
    expressions.set(expression, id)
    parts.push(`${text}:${expression.dtype}`)
    return id
  }
  if (kernel.kind === 'columnReduce') {
    const value = describe(kernel.value, kernel.streams)
    parts.push(
      `column ${kernel.combiner} ${value} ${kernel.rows}x${kernel.inner.join('x')} > b${numberOf(kernel.target)}`,
    )
  } else {
    for (const member of kernel.members) {
      const value = describe(member.value, member.streams)
      const target = `b${numberOf(member.target)}:${member.target.type.dtype}`
      const result = `${member.role} ${member.level} ${member.combiner ?? ''} ${value} > ${target}`
      const loops = flat ? '' : member.inner.join('x')
      parts.push(`${result} ${loops} ${member.store ? streamKey(member.targetStream) : '-'}`)
    }
    parts.push(flat ? 'flat' : `${kernel.rows}x${kernel.columns}`)
  }
  return { key: parts.join(';'), buffers }
}
