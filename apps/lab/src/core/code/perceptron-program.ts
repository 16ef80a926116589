import { parseElement } from '../address.ts'
import { FURTHEST_POINT, MOST_POINTS } from '../perceptron.ts'
import type { DataSpec, Edit, Run, RunSpec } from '../run/spec.ts'

const NUMBERS = ['0.weight[0]', '0.weight[1]', '0.bias[0]']

/** The program of a perceptron: points, those set by hand included, and one example after the other. */
export function perceptronProgram({ spec, journal, head }: Run): string {
  const { data, optimiser } = spec
  const edits = editLines(journal, head, spec)
  const isShuffled = spec.order === 'shuffled'
  const names = ['compile', 'fromData', 'Linear', 'perceptronLoss', 'Sequential', 'SGD', 'trace']
  if (isShuffled || spec.seed !== 0) names.push('RandomStream')
  const byName = (a: string, b: string): number => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)
  return `${[
    `import { ${names.sort(byName).join(', ')} } from 'neurite'`,
    `import { ${data.kind === 'table' ? 'truthTable' : 'halfPlanes'} } from 'neurite/data'`,
    '',
    `const { inputs, labels } = ${dataCall(data)}`,
    'const points = Array.from(labels, (label, i) => ({ x: [inputs[2 * i], inputs[2 * i + 1]], label, isThere: true }))',
    '// The rule wants its classes as 1 and -1.',
    'const sign = ({ label }) => 2 * label - 1',
    'const tensors = (rows) => [',
    '  fromData(Float32Array.from(rows.flatMap(({ x }) => x)), [rows.length, 2]),',
    '  fromData(Float32Array.from(rows, sign), [rows.length, 1]),',
    ']',
    '',
    'const layer = new Linear(2, 1)',
    'const model = new Sequential(layer)',
    'const read = async () => [...(await layer.weight.data()), ...(await layer.bias.data())]',
    'const write = ([w1, w2, b]) =>',
    "  model.loadStateDict({ '0.weight': fromData(Float32Array.of(w1, w2), [1, 2]), '0.bias': fromData(Float32Array.of(b), [1]) })",
    ...startLines(spec.seed),
    '',
    `const optimizer = new SGD(model, { learningRate: ${optimiser.learningRate} })`,
    '// One example: where it is wrong, it is added to the weights, or taken from them.',
    'const learn = compile((x, y) => {',
    '  optimizer.zeroGrad()',
    "  perceptronLoss(layer.forward(x), y, { reduction: 'sum', zeroIsMistake: true }).backward()",
    '  optimizer.step()',
    '})',
    ...orderLines(spec),
    '',
    ...(edits.length === 0 ? [] : ['// A change by hand begins a new pass.', 'let start = 0']),
    `for (let i = 0; i <= ${head}; i++) {`,
    ...edits,
    '  const present = points.filter(({ isThere }) => isThere)',
    `  if (i === ${head} || present.length === 0) continue`,
    ...(edits.length === 0 ? ['  const at = i'] : ['  const at = i - start']),
    '  const order = orderOf(present, Math.floor(at / present.length))',
    '  learn(...tensors([present[order[at % present.length]]]))',
    '}',
    '',
    'const present = points.filter(({ isThere }) => isThere)',
    'const [x, y] = tensors(present)',
    '// The share of points that are not on their own side.',
    'const mistakes = () => model.forward(x).mul(y).neg().step().mean()',
    'const loss = present.length === 0 ? 0 : (await trace(mistakes)).output.value[0]',
    'console.log(loss.toFixed(6))',
  ].join('\n')}\n`
}

function dataCall({ kind, samples, noise, seed, margin = 0.1, table = 0 }: DataSpec): string {
  if (kind === 'table') return `truthTable({ table: ${table} })`
  const spread = noise === 0 ? '' : `, noise: ${noise}`
  return `halfPlanes({ samples: ${samples}, margin: ${margin}, seed: ${seed}${spread} })`
}

function startLines(seed: number): string[] {
  if (seed === 0) return ['write([0, 0, 0])']
  return [
    `const stream = new RandomStream(${seed}, 'perceptron')`,
    'write([1, 2, 3].map(() => Math.round(stream.uniform(-2, 2) * 10) / 10))',
  ]
}

function orderLines({ seed, order = 'listed' }: RunSpec): string[] {
  switch (order) {
    case 'shuffled':
      return [
        `const orderOf = (present, pass) => new RandomStream(${seed}, \`pass/\${pass}\`).permutation(present.length)`,
      ]
    case 'classes':
      return [
        'const orderOf = (present) => [...present.keys()].sort((a, b) => sign(present[b]) - sign(present[a]) || a - b)',
      ]
    case 'listed':
      return ['const orderOf = (present) => [...present.keys()]']
    default:
      return order satisfies never
  }
}

/** The changes by hand; those that name nothing are left out, as the page does. */
function editLines(journal: readonly Edit[], head: number, { data }: RunSpec): string[] {
  let count = data.kind === 'table' ? 4 : data.samples
  const lines: string[] = []
  for (const { at, kind, path, value } of journal) {
    const found = parseElement(path)
    if (at > head || found === undefined) continue
    const what = changeLine(kind, path, found, value, count)
    if (what === undefined) continue
    const isNew = found.path !== 'off' && kind === 'point' && pointOf(found) === count
    if (isNew) {
      lines.push(`  if (i === ${at}) points.push({ x: [0, 0], label: 0, isThere: true })`)
      count++
    }
    lines.push(`  if (i === ${at}) ${what}`, `  if (i === ${at}) start = i`)
  }
  return lines.filter((line, i) => !(line.endsWith('start = i') && lines[i + 2] === line))
}

const pointOf = ({ path, index }: { readonly path: string; readonly index: number }): number =>
  path === 'input' ? Math.floor(index / 2) : index

function changeLine(
  kind: Edit['kind'],
  path: string,
  found: { readonly path: string; readonly index: number },
  value: number,
  count: number,
): string | undefined {
  if (kind === 'set') {
    const place = NUMBERS.indexOf(path)
    return place < 0 ? undefined : `write((await read()).with(${place}, ${value}))`
  }
  if (kind !== 'point') return undefined
  const point = pointOf(found)
  if (point > count || point >= MOST_POINTS || !(Math.abs(value) <= FURTHEST_POINT)) return undefined
  if (found.path === 'input') return `points[${point}].x[${found.index % 2}] = ${value}`
  if (found.path === 'label') return `points[${point}].label = ${value > 0.5 ? 1 : 0}`
  return found.path === 'off' && point < count ? `points[${point}].isThere = ${value === 0}` : undefined
}
