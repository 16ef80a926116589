import { parseElement } from '../address.ts'
import { neuronProgram } from './neuron-program.ts'
import { perceptronProgram } from './perceptron-program.ts'
import { scalarProgram } from './scalar-program.ts'
import { surfaceProgram } from './surface-program.ts'
import { truthProgram } from './truth-program.ts'
import type { DataSpec, Edit, Run, RunSpec } from '../run/spec.ts'
import { unitElements } from '../run/unit-elements.ts'

/** The exact program of a run for Node: the same data, weights, steps and edits, so it prints the same loss. */
export function programOf(run: Run): string {
  switch (run.spec.model.kind) {
    case 'mlp':
      return mlpProgram(run)
    case 'scalars':
      return scalarProgram(run)
    case 'neuron':
      return neuronProgram(run)
    case 'surface':
      return surfaceProgram(run)
    case 'unit':
      return truthProgram(run)
    case 'perceptron':
      return perceptronProgram(run)
    default:
      return run.spec.model.kind satisfies never
  }
}

const ACTIVATION_LAYERS = { tanh: 'Tanh', relu: 'ReLU', sigmoid: 'Sigmoid', step: 'Step' } as const

/** How the points of a data set are made; the engine runs the same calls. */
export function dataCall({ kind, samples, noise, seed }: DataSpec): string {
  const options = `samples: ${samples}, noise: ${noise}, seed: ${seed}`
  switch (kind) {
    case 'circle':
      return `circles({ ${options} })`
    case 'spiral':
      return `spirals({ ${options}, turns: 1 })`
    default:
      return `xor({ ${options} })`
  }
}

const GENERATORS: Partial<Record<DataSpec['kind'], string>> = { circle: 'circles', spiral: 'spirals' }

function layerLines({ model }: RunSpec): string[] {
  const lines: string[] = []
  let width = 2
  for (const units of model.layers) {
    lines.push(`new Linear(${width}, ${units}),`, `new ${ACTIVATION_LAYERS[model.activation]}(),`)
    width = units
  }
  return [...lines, `new Linear(${width}, 1),`]
}

function mlpProgram({ spec, journal, head }: Run): string {
  const { data, batch, seed, optimiser, model } = spec
  const edits = journal.filter(({ at }) => at <= head)
  const hasMask = edits.some(({ kind }) => kind === 'freeze' || kind === 'off')
  const hasSet = edits.some(({ kind }) => kind === 'set' || kind === 'off')
  const names = [
    'binaryCrossEntropyWithLogits',
    'compile',
    'fromData',
    'Linear',
    'manualSeed',
    'Sequential',
    'SGD',
    'trace',
  ]
  if (model.layers.length > 0) names.push(ACTIVATION_LAYERS[model.activation])
  if (batch > 0) names.push('RandomStream')
  if (hasMask) names.push('assignState', 'buffer', 'ones')
  const generator = GENERATORS[data.kind] ?? 'xor'
  const momentum = optimiser.momentum === 0 ? '' : `, momentum: ${optimiser.momentum}`
  return `${[
    `import { ${names.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join(', ')} } from 'neurite'`,
    `import { ${generator} } from 'neurite/data'`,
    '',
    `const { inputs, labels } = ${dataCall(data)}`,
    ...(generator === 'xor'
      ? [
          '// The corners of the square lie at -1 and 1.',
          'for (let i = 0; i < inputs.length; i++) inputs[i] = 2 * inputs[i] - 1',
        ]
      : []),
    'const n = labels.length',
    'const x = fromData(inputs, [n, 2])',
    'const y = fromData(Float32Array.from(labels), [n, 1])',
    '',
    `manualSeed(${seed})`,
    'const model = new Sequential(',
    ...layerLines(spec).map((line) => `  ${line}`),
    ')',
    `const optimizer = new SGD(model, { learningRate: ${optimiser.learningRate}${momentum} })`,
    'const lossOf = (x, y) => binaryCrossEntropyWithLogits(model.forward(x), y)',
    ...(hasMask
      ? [
          'const parameters = model.namedParameters()',
          '// Numbers whose mask is 0 do not learn.',
          'const masks = new Map([...parameters].map(([path, p]) => [path, buffer(ones(p.shape))]))',
        ]
      : []),
    'const step = compile((x, y) => {',
    '  const loss = lossOf(x, y)',
    '  optimizer.zeroGrad()',
    '  loss.backward()',
    ...(hasMask ? ['  for (const [path, p] of parameters) p.grad = p.grad.mul(masks.get(path))'] : []),
    '  optimizer.step()',
    '  return loss',
    '})',
    ...(batch === 0 ? [] : batchLines(batch, seed)),
    ...(hasSet ? setLines() : []),
    ...(hasMask ? maskLines() : []),
    '',
    `for (let i = 0; i <= ${head}; i++) {`,
    ...edits.flatMap((edit) => editLines(edit, spec)),
    batch === 0 ? `  if (i < ${head}) step(x, y)` : `  if (i < ${head}) step(...batch(i))`,
    '}',
    'const { output } = await trace(() => lossOf(x, y))',
    'console.log(output.value[0].toFixed(6))',
  ].join('\n')}\n`
}

function batchLines(batch: number, seed: number): string[] {
  return [
    'const batch = (i) => {',
    `  const batches = Math.floor(n / ${batch})`,
    `  const order = new RandomStream(${seed}, \`batch/\${Math.floor(i / batches)}\`).permutation(n)`,
    `  const rows = order.subarray((i % batches) * ${batch}, (i % batches + 1) * ${batch})`,
    '  const points = Float32Array.from([...rows].flatMap((row) => [inputs[2 * row], inputs[2 * row + 1]]))',
    `  return [fromData(points, [${batch}, 2]), fromData(Float32Array.from(rows, (row) => labels[row]), [${batch}, 1])]`,
    '}',
  ]
}

function setLines(): string[] {
  return [
    '',
    '// Changes made by hand.',
    'const set = async (path, indices, value) => {',
    '  const parameter = model.namedParameters().get(path)',
    '  const values = (await parameter.data()).slice()',
    '  for (const index of indices) values[index] = value',
    '  model.loadStateDict({ [path]: fromData(values, parameter.shape) }, { strict: false })',
    '}',
  ]
}

function maskLines(): string[] {
  return [
    '',
    'const mask = async (path, indices, value) => {',
    '  const values = (await masks.get(path).data()).slice()',
    '  for (const index of indices) values[index] = value',
    '  assignState(masks.get(path), fromData(values, masks.get(path).shape))',
    '}',
  ]
}

function editLines(edit: Edit, { model }: RunSpec): string[] {
  const when = `  if (i === ${edit.at}) await`
  if (edit.kind === 'set') {
    const { path, index } = parseElement(edit.path)!
    return [`${when} set('${path}', [${index}], ${edit.value})`]
  }
  const elements = unitElements(edit, model)
  if (elements === undefined) return []
  const { zero, learn } = elements
  return [
    ...zero.map(({ path, indices }) => `${when} set('${path}', [${indices.join(', ')}], 0)`),
    ...learn.elements.map(({ path, indices }) => `${when} mask('${path}', [${indices.join(', ')}], ${learn.value})`),
  ]
}
