import { parseElement } from '../address.ts'
import type { Run } from '../run/spec.ts'
import { WEIGHTS } from '../scalar-graph.ts'

/** The program of a network that is written out in scalars. */
export function scalarProgram({ spec, journal, head }: Run): string {
  const { seed, data, optimiser } = spec
  const edits = journal.filter(({ at }) => at <= head)
  return `${[
    `import { compile, initialise, manualSeed, Module, parameter, ${data.seed === 1 ? '' : 'RandomStream, '}SGD, tensor, trace } from 'neurite'`,
    '',
    ...exampleLines(data.seed),
    '',
    'class NineNumbers extends Module {',
    ...WEIGHTS.map((name) => `  ${name} = parameter(tensor(0))`),
    '  forward(x1, x2) {',
    '    const h1 = this.w11.mul(x1).add(this.w12.mul(x2)).add(this.b1).sigmoid()',
    '    const h2 = this.w21.mul(x1).add(this.w22.mul(x2)).add(this.b2).sigmoid()',
    '    return this.v1.mul(h1).add(this.v2.mul(h2)).add(this.c).sigmoid()',
    '  }',
    '}',
    '',
    `manualSeed(${seed})`,
    'const model = new NineNumbers()',
    'for (const number of model.parameters()) initialise.uniform(number, { low: -1, high: 1 })',
    `const optimizer = new SGD(model, { learningRate: ${optimiser.learningRate} })`,
    'const lossOf = (x1, x2, t) => model.forward(x1, x2).sub(t).square()',
    'const step = compile((x1, x2, t) => {',
    '  const loss = lossOf(x1, x2, t)',
    '  optimizer.zeroGrad()',
    '  loss.backward()',
    '  optimizer.step()',
    '  return loss',
    '})',
    'const given = () => example.map((number) => tensor(number))',
    ...(edits.some(({ kind }) => kind === 'set')
      ? ['const set = (name, value) => model.loadStateDict({ [name]: tensor(value) }, { strict: false })']
      : []),
    '',
    `for (let i = 0; i <= ${head}; i++) {`,
    ...edits.flatMap(({ at, kind, path, value }) => {
      const found = parseElement(path)!
      if (kind === 'set') return [`  if (i === ${at}) set('${found.path}', ${value})`]
      return kind === 'point'
        ? [`  if (i === ${at}) example[${path.startsWith('label') ? 2 : found.index}] = ${value}`]
        : []
    }),
    `  if (i < ${head}) step(...given())`,
    '}',
    'const { output } = await trace(() => lossOf(...given()))',
    'console.log(output.value[0].toFixed(6))',
  ].join('\n')}\n`
}

function exampleLines(seed: number): string[] {
  if (seed === 1) return ['// Two inputs and the target.', 'const example = [0.5, 0.6, 1]']
  return [
    `const random = new RandomStream(${seed}, 'example')`,
    'const short = () => Math.round(random.uniform(-1, 1) * 10) / 10',
    '// Two inputs and the target.',
    'const example = [short(), short(), random.integer(2)]',
  ]
}
