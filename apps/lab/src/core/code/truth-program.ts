import { parseElement } from '../address.ts'
import { type FeatureName, type Run, TURNS } from '../run/spec.ts'

const MADE: Readonly<Record<Exclude<FeatureName, 'none'>, string>> = {
  'x1+x2': 'x1 + x2',
  'x1^2': 'x1 * x1',
  'x2^2': 'x2 * x2',
  'x1*x2': 'x1 * x2',
}

/** The program of one neuron that learns a truth table. */
export function truthProgram({ spec, journal, head }: Run): string {
  const { seed, optimiser, model } = spec
  const { table = 0, turn = 0 } = spec.data
  const { feature = 'none' } = model
  const isStep = model.activation === 'step'
  const width = feature === 'none' ? 2 : 3
  const edits = journal.filter(({ at, kind }) => at <= head && kind === 'set')
  const loss = isStep ? 'perceptronLoss' : 'binaryCrossEntropyWithLogits'
  const names = ['compile', 'fromData', 'Linear', 'Sequential', 'SGD', 'trace', loss]
  if (seed !== 1) names.push('RandomStream')
  const [cosine, sine] = TURNS[turn]!
  return `${[
    `import { ${names.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join(', ')} } from 'neurite'`,
    "import { truthTable } from 'neurite/data'",
    '',
    `const { inputs, labels } = truthTable({ table: ${table} })`,
    ...(turn === 0
      ? []
      : [
          `// Turned by ${turn} degrees about the middle of the square.`,
          'for (let i = 0; i < 8; i += 2) {',
          '  const [x, y] = [inputs[i] - 0.5, inputs[i + 1] - 0.5]',
          `  inputs[i] = 0.5 + (${cosine} * x - ${sine} * y) / 256`,
          `  inputs[i + 1] = 0.5 + (${sine} * x + ${cosine} * y) / 256`,
          '}',
        ]),
    'const rows = [0, 1, 2, 3].map((row) => {',
    '  const [x1, x2] = inputs.subarray(2 * row, 2 * row + 2)',
    `  return ${feature === 'none' ? '[x1, x2]' : `[x1, x2, ${MADE[feature]}]`}`,
    '})',
    `const targets = Array.from(labels${isStep ? ', (label) => 2 * label - 1' : ''})`,
    `const x = fromData(Float32Array.from(rows.flat()), [4, ${width}])`,
    'const y = fromData(Float32Array.from(targets), [4, 1])',
    '',
    ...startLines(seed, width),
    `const neuron = new Sequential(new Linear(${width}, 1))`,
    'const set = (weights) =>',
    '  neuron.loadStateDict({',
    `    '0.weight': fromData(Float32Array.from(weights.slice(0, ${width})), [1, ${width}]),`,
    `    '0.bias': fromData(Float32Array.from(weights.slice(${width})), [1]),`,
    '  })',
    'set(weights)',
    '',
    `const optimizer = new SGD(neuron, { learningRate: ${optimiser.learningRate} })`,
    'const step = compile((x, y) => {',
    isStep
      ? "  const loss = perceptronLoss(neuron.forward(x), y, { reduction: 'sum', zeroIsMistake: true })"
      : '  const loss = binaryCrossEntropyWithLogits(neuron.forward(x), y)',
    '  optimizer.zeroGrad()',
    '  loss.backward()',
    '  optimizer.step()',
    '  return loss',
    '})',
    ...(isStep
      ? [
          `const row = (i) => [fromData(Float32Array.from(rows[i]), [1, ${width}]), fromData(Float32Array.of(targets[i]), [1, 1])]`,
        ]
      : []),
    ...(edits.length === 0
      ? []
      : [
          '',
          '// Changes made by hand.',
          'const change = async (index, value) => {',
          '  const parameters = neuron.namedParameters()',
          "  const now = [...(await parameters.get('0.weight').data()), ...(await parameters.get('0.bias').data())]",
          '  now[index] = value',
          '  set(now)',
          '}',
        ]),
    '',
    `for (let i = 0; i <= ${head}; i++) {`,
    ...edits.map(({ at, path, value }) => {
      const found = parseElement(path)!
      return `  if (i === ${at}) await change(${found.path === '0.bias' ? width : found.index}, ${value})`
    }),
    `  if (i < ${head}) step(${isStep ? '...row(i % 4)' : 'x, y'})`,
    '}',
    isStep
      ? 'const { output } = await trace(() => neuron.forward(x).mul(y).neg().step().mean())'
      : 'const { output } = await trace(() => binaryCrossEntropyWithLogits(neuron.forward(x), y))',
    'console.log(output.value[0].toFixed(6))',
  ].join('\n')}\n`
}

function startLines(seed: number, width: number): string[] {
  const third = width === 3 ? '0, ' : ''
  if (seed === 1) return [`const weights = [1, 0.5, ${third}-0.75]`]
  return [
    `const stream = new RandomStream(${seed}, 'unit')`,
    'const quarters = () => (stream.integer(17) - 8) / 4',
    'const [w1, w2, b] = [quarters(), quarters(), quarters()]',
    `const weights = [w1, w2, ${third}b]`,
  ]
}
