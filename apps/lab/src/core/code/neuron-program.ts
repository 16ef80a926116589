import { parseElement } from '../address.ts'
import { thresholdOf } from '../neuron.ts'
import type { DataSpec, Run } from '../run/spec.ts'

const ACTIVATION_LAYERS = { tanh: 'Tanh', relu: 'ReLU', sigmoid: 'Sigmoid', step: 'Step' } as const

/** The program of one neuron that was set by hand. */
export function neuronProgram({ spec, journal, head }: Run): string {
  const { seed, data, model } = spec
  const threshold = thresholdOf(data.kind)
  const activation = ACTIVATION_LAYERS[model.activation]
  const edits = journal.filter(({ at, kind }) => at <= head && kind === 'set')
  const isDrawn = data.kind !== 'example' || seed !== 1
  const names = ['fromData', 'Linear', 'mseLoss', 'Sequential', activation, 'trace']
  if (isDrawn) names.push('RandomStream')
  return `${[
    `import { ${names.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join(', ')} } from 'neurite'`,
    '',
    ...dataLines(data),
    'const n = labels.length',
    'const x = fromData(Float32Array.from(inputs), [n, 2])',
    model.activation === 'tanh'
      ? 'const y = fromData(Float32Array.from(labels, (label) => 2 * label - 1), [n, 1])'
      : 'const y = fromData(Float32Array.from(labels), [n, 1])',
    '',
    ...startLines(seed, data.kind),
    ...edits.map(({ path, value }) => {
      const { path: name, index } = parseElement(path)!
      return name === '0.bias' ? `bias[${index}] = ${value}` : `weights[${index}] = ${value}`
    }),
    '',
    'const neuron = new Sequential(new Linear(2, 1))',
    'neuron.loadStateDict({',
    "  '0.weight': fromData(Float32Array.from(weights), [1, 2]),",
    "  '0.bias': fromData(Float32Array.from(bias), [1]),",
    '})',
    `const activation = new ${activation}()`,
    threshold === 0
      ? 'const output = (x) => activation.forward(neuron.forward(x))'
      : `const output = (x) => activation.forward(neuron.forward(x).sub(${threshold}))`,
    'const pass = await trace(() => mseLoss(output(x), y))',
    'console.log(pass.output.value[0].toFixed(6))',
  ].join('\n')}\n`
}

function dataLines({ kind, samples, noise, seed }: DataSpec): string[] {
  if (kind === 'example')
    return ['// Two inputs, and the neuron should fire.', 'const inputs = [0.5, 0.6]', 'const labels = [1]']
  return [
    '// Clouds and humidity of each day, and whether an umbrella was needed.',
    'const inputs = []',
    'const labels = []',
    `const days = new RandomStream(${seed}, 'umbrella')`,
    'const share = () => days.integer(101) / 100',
    `while (labels.length < ${samples}) {`,
    '  const [clouds, humidity] = [share(), share()]',
    '  const rain = 4 * clouds + humidity - 3',
    '  // Nobody remembers days that were neither wet nor dry.',
    '  if (Math.abs(rain) < 0.2) continue',
    '  inputs.push(clouds, humidity)',
    '  labels.push(rain > 0 ? 1 : 0)',
    '}',
    ...(Math.round(noise * samples) > 0
      ? [
          '// Weather that did not keep to the rule.',
          `for (let i = 0; i < ${Math.round(noise * samples)}; i++) labels[i] = 1 - labels[i]`,
        ]
      : []),
  ]
}

function startLines(seed: number, data: DataSpec['kind']): string[] {
  if (seed === 1) return ['const weights = [0.5, 0.7]', `const bias = [${data === 'example' ? 0 : -0.5}]`]
  return [
    `const stream = new RandomStream(${seed}, 'neuron')`,
    'const short = (low, high) => Math.round(stream.uniform(low, high) * 10) / 10',
    'const weights = [short(2, 6), short(2, 6)]',
    'const bias = [-Math.round((weights[0] * short(0.3, 0.7) + weights[1] * short(0.3, 0.7)) * 10) / 10]',
  ]
}
