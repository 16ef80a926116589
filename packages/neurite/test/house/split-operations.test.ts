import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { splitFile, splitFolder } from '../../../../scripts/split-operations.mjs'
import { operations } from '../../src/ops/index.ts'
import { repositoryRoot } from '../support/shared.ts'

const folder = join(repositoryRoot, 'packages/neurite/src/ops')
const modules = splitFolder(folder)

function namesIn(table: string): string[] {
  return [...modules.get(table)!.code.matchAll(/(\w+): \$\1/g)].map(([, name]) => name!).sort()
}

test('every operation gives its definition away, and its lowered form where it has a derivative', () => {
  const composites = operations.filter(({ kind }) => kind === 'composite')
  const lowered = composites.filter((operation) => 'derivative' in operation)
  const [definitions, lowerings] = [namesIn('definitions.ts'), namesIn('lowerings.ts')]
  for (const { name } of operations) expect(definitions, name).toContain(name)
  for (const { name } of lowered) expect(lowerings, name).toContain(name)
  for (const { name } of composites.filter((one) => !lowered.includes(one))) expect(lowerings).not.toContain(name)
})

test('what is left of a file keeps its lines and has no definition', () => {
  for (const file of readdirSync(folder).filter((name) => modules.has(name) && !/definitions|lowerings/.test(name))) {
    const [source, { code }] = [readFileSync(join(folder, file), 'utf8').split('\n'), modules.get(file)!]
    const lines = code.split('\n')
    expect(code, file).not.toMatch(/^ {2}evaluate\b/m)
    // The last line may tell what the parts share.
    const kept = lines.map((line) => line.trim()).filter((line) => !line.startsWith('export {'))
    for (const [i, line] of kept.entries()) if (line !== '') expect(source[i]).toContain(line)
  }
})

test('helpers go with the part that uses them; what both parts use stays and is shared', () => {
  const source = `import { createNode } from '../graph/node.ts'
import { lanes } from './support/evaluate-lanes.ts'
const HALF = 0.5
const half = (x) => x * HALF
function both(x) { return x }
export const halfOperation = defineMap({
  name: 'half',
  evaluate: lanes((x) => both(half(x))),
  derivative: ({ gradient }) => [both(gradient)],
})
export const makeHalf = (x) => createNode(halfOperation, [x], {})
`
  const { core, parts } = splitFile('half.ts', source)
  expect(core).not.toMatch(/HALF|lanes/)
  expect(core).toMatch(/export \{ both \}/)
  expect(parts.map(({ part }) => part)).toEqual(['evaluate'])
  expect(parts[0]!.code).toMatch(
    /HALF = 0\.5[\s\S]*\$half = \{ evaluate: lanes\([\s\S]*import \{ both \} from '\.\/half\.ts'/,
  )
  expect(parts[0]!.code).not.toMatch(/createNode|derivative/)
})
