import { parseElement } from '../address.ts'
import { FIRST_RATIO, SCOUT_RATE, SCOUT_STEPS, SECOND_START, SURFACE_REACH, surfaceKind } from '../surface.ts'
import type { DataSpec, Run, RunSpec } from '../run/spec.ts'

/** The program of two numbers that go down the surface of their loss. */
export function surfaceProgram({ spec, journal, head }: Run): string {
  const { data, seed, batch, optimiser } = spec
  const isFit = surfaceKind(data) === 'fit'
  const edits = journal.filter(({ at, kind }) => at <= head && kind === 'set')
  const names = ['compile', 'fromData', 'parameter', 'SGD', 'tensor', 'trace']
  if (isFit || batch > 0) names.push('RandomStream')
  if (edits.length > 0) names.push('assignState')
  if (!isFit) names.push('Linear', 'manualSeed', 'mseLoss', 'Sequential', 'Tanh')
  const momentum = optimiser.momentum === 0 ? '' : `, momentum: ${optimiser.momentum}`
  return `${[
    `import { ${names.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join(', ')} } from 'neurite'`,
    ...(isFit ? [] : [`import { ${generator(data)} } from 'neurite/data'`]),
    '',
    ...(isFit ? valleyLines(data) : pointLines(data)),
    'const batchOf = (rows) => [x1, x2, y].map((all) => fromData(rows.map((row) => all[row]), [rows.length]))',
    'const everything = () => batchOf(Float32Array.from(y, (_, i) => i))',
    '',
    ...(isFit ? fitLines() : networkLines(spec)),
    '',
    ...placeLines(spec),
    `const optimizer = new SGD([w1, w2], { learningRate: ${optimiser.learningRate}${momentum} })`,
    'const step = compile((x1, x2, y) => {',
    '  optimizer.zeroGrad()',
    '  lossOf(w1, w2, x1, x2, y).backward()',
    '  optimizer.step()',
    '})',
    ...(batch === 0 ? [] : batchLines(batch, seed)),
    '',
    `for (let i = 0; i <= ${head}; i++) {`,
    ...edits.map(({ at, path, value }) => {
      return `  if (i === ${at}) assignState(${parseElement(path)!.path}, tensor([${value}]))`
    }),
    `  if (i < ${head}) step(...${batch === 0 ? 'everything()' : 'batch(i)'})`,
    '}',
    'const { output } = await trace(() => lossOf(w1, w2, ...everything()))',
    'console.log(output.value[0].toFixed(6))',
  ].join('\n')}\n`
}

const generator = ({ kind }: DataSpec): string =>
  kind === 'circle' ? 'circles' : kind === 'spiral' ? 'spirals' : 'xor'

function valleyLines({ samples, noise, seed }: DataSpec): string[] {
  return [
    '// More and less of two inputs, in all combinations; y = 2 x1 + 2 x2, and an error.',
    `const n = ${samples}`,
    `const stream = new RandomStream(${seed}, 'valley')`,
    ...(seed === 1
      ? [`const ratio = ${FIRST_RATIO}`]
      : [`const ratio = Math.round(new RandomStream(${seed}, 'ratio').uniform(3, 15) * 10) / 10`]),
    'const [first, second, errors] = [[], [], []]',
    'let [size1, size2, error] = [0, 0, 0]',
    'for (let i = 0; i < n; i++) {',
    '  if (i % 4 === 0) [size1, size2, error] = [stream.uniform(0.5, 1.5), stream.uniform(0.5, 1.5), stream.normal()]',
    '  const [sign1, sign2] = [i & 1 ? -1 : 1, i & 2 ? -1 : 1]',
    '  first.push(sign1 * size1)',
    '  second.push(sign2 * size2)',
    `  errors.push(sign1 * sign2 * ${noise} * error)`,
    '}',
    '// The second input comes in larger numbers.',
    'const squares = (values) => values.reduce((sum, value) => sum + value * value, 0)',
    'const scale1 = Math.sqrt(n / 2 / squares(first))',
    'const scale2 = ratio * Math.sqrt(n / 2 / squares(second))',
    'const x1 = Float32Array.from(first, (value) => scale1 * value)',
    'const x2 = Float32Array.from(second, (value) => scale2 * value)',
    'const y = Float32Array.from(errors, (error, i) => 2 * scale1 * first[i] + 2 * scale2 * second[i] + error)',
  ]
}

function pointLines({ kind, samples, noise, seed }: DataSpec): string[] {
  const turns = kind === 'spiral' ? ', turns: 1' : ''
  return [
    `const { inputs, labels } = ${generator({ kind } as DataSpec)}({ samples: ${samples}, noise: ${noise}, seed: ${seed}${turns} })`,
    ...(generator({ kind } as DataSpec) === 'xor'
      ? [
          '// The corners of the square lie at -1 and 1.',
          'for (let i = 0; i < inputs.length; i++) inputs[i] = 2 * inputs[i] - 1',
        ]
      : []),
    'const n = labels.length',
    'const x1 = inputs.filter((_, i) => i % 2 === 0)',
    'const x2 = inputs.filter((_, i) => i % 2 === 1)',
    'const y = Float32Array.from(labels, (label) => 2 * label - 1)',
  ]
}

function fitLines(): string[] {
  return ['const lossOf = (w1, w2, x1, x2, y) => w1.mul(x1).add(w2.mul(x2)).sub(y).square().mean()']
}

function networkLines({ seed, model }: RunSpec): string[] {
  const [units] = model.layers
  return [
    '// All numbers of a network, untrained or after training.',
    'const scout = async (seed, steps) => {',
    '  manualSeed(seed)',
    `  const model = new Sequential(new Linear(2, ${units}), new Tanh(), new Linear(${units}, 1))`,
    `  const optimizer = new SGD(model, { learningRate: ${SCOUT_RATE} })`,
    '  const train = compile((x, t) => {',
    '    optimizer.zeroGrad()',
    '    mseLoss(model.forward(x), t).backward()',
    '    optimizer.step()',
    '  })',
    '  for (let i = 0; i < steps; i++) train(fromData(inputs, [n, 2]), fromData(y, [n, 1]))',
    '  const numbers = {}',
    '  for (const [path, parameter] of model.namedParameters()) numbers[path] = (await parameter.data()).slice()',
    '  return numbers',
    '}',
    `const start = await scout(${seed}, 0)`,
    `const ends = [await scout(${seed}, ${SCOUT_STEPS}), await scout(${seed + SECOND_START}, ${SCOUT_STEPS})]`,
    '// w1 goes from the untrained network towards the first trained one, w2 towards the second.',
    'const part = (path, column) => {',
    '  const of = (numbers) => column === undefined ? numbers[path] : numbers[path].filter((_, i) => i % 2 === column)',
    '  const from = of(start)',
    '  const [toA, toB] = ends.map((end) => fromData(of(end).map((value, i) => value - from[i]), [from.length]))',
    '  return (w1, w2) => fromData(from, [from.length]).add(w1.mul(toA)).add(w2.mul(toB))',
    '}',
    "const [of1, of2, bias] = [part('0.weight', 0), part('0.weight', 1), part('0.bias')]",
    "const [out, outBias] = [part('2.weight'), part('2.bias')]",
    'const lossOf = (w1, w2, x1, x2, y) => {',
    '  const sums = x1.reshape([-1, 1]).mul(of1(w1, w2)).add(x2.reshape([-1, 1]).mul(of2(w1, w2))).add(bias(w1, w2))',
    '  return sums.tanh().mul(out(w1, w2)).sum(1).add(outBias(w1, w2)).sub(y).square().mean()',
    '}',
  ]
}

function placeLines({ seed, data }: RunSpec): string[] {
  const both = (place: string): string[] => [`const [w1, w2] = ${place}.map((value) => parameter(tensor([value])))`]
  if (surfaceKind(data) === 'network') return both('[0, 0]')
  if (seed === 1) return both('[1, 1]')
  const { low, high } = SURFACE_REACH.fit
  return [
    `const places = new RandomStream(${seed}, 'place')`,
    `const place = () => Math.round(places.uniform(${low + 0.2}, ${high - 0.2}) * 10) / 10`,
    ...both('[place(), place()]'),
  ]
}

function batchLines(batch: number, seed: number): string[] {
  return [
    'const batch = (i) => {',
    `  const batches = Math.floor(y.length / ${batch})`,
    `  const order = new RandomStream(${seed}, \`batch/\${Math.floor(i / batches)}\`).permutation(y.length)`,
    `  return batchOf(Float32Array.from(order.subarray((i % batches) * ${batch}, (i % batches + 1) * ${batch})))`,
    '}',
  ]
}
