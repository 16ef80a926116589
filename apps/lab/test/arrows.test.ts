import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { violation } from '../../../scripts/arrows-rule.mjs'
import { root } from '../../../scripts/install.mjs'

const lab = 'apps/lab/src'

test.each([
  ['chapters/neuron/scene.tsx', '../../ui/neuron/neuron-bench.tsx', 'load'],
  ['chapters/neuron/check.ts', '../../core/checks/check.ts', 'load'],
  ['chapters/neuron/text.en.ts', '../chapter-text.ts', 'type'],
  ['chapters/index.ts', './neuron/chapter.ts', 'lazy'],
  ['ui/plane/world.tsx', '../../draw/contour.ts', 'load'],
  ['ui/context.ts', '../state/lab.ts', 'type'],
  ['ui/plane/judge.tsx', '../curve.tsx', 'load'],
  ['ui/plane/judge.tsx', './world.tsx', 'load'],
  ['state/lab.ts', '../engine/remote.ts', 'type'],
  ['draw/surface.ts', '../core/numbers.ts', 'load'],
  ['engine/mlp-session.ts', 'neurite', 'load'],
  ['engine/data.ts', 'neurite/data', 'load'],
  ['main.tsx', './engine/remote.ts', 'load'],
] as const)('%s may import %s', (importer, specifier, kind) => {
  expect(violation(`${lab}/${importer}`, specifier, kind)).toBeUndefined()
})

test.each([
  ['ui/value.tsx', 'neurite', 'load', 'only engine/ imports the library'],
  ['core/doctor/doctor.ts', 'neurite', 'type', 'only engine/ imports the library'],
  ['chapters/neuron/check.ts', 'neurite/data', 'lazy', 'only engine/ imports the library'],
  ['core/url.ts', '../state/lab.ts', 'load', 'core may not import state/lab'],
  ['core/url.ts', 'preact', 'load', 'the package preact'],
  ['draw/surface.ts', '../state/lab.ts', 'type', 'draw may not import state/lab'],
  ['draw/surface.ts', '../ui/names.ts', 'load', 'draw may not import ui/names'],
  ['state/lab.ts', '../engine/remote.ts', 'load', 'state may not import engine/remote'],
  ['state/lab.ts', '../ui/context.ts', 'type', 'state may not import ui/context'],
  ['engine/engine.ts', '../state/lab.ts', 'load', 'engine may not import state/lab'],
  ['engine/engine.ts', '../../../../packages/neurite/src/index.ts', 'load', 'is outside'],
  ['ui/value.tsx', '../engine/remote.ts', 'load', 'ui may not import engine/remote'],
  ['ui/value.tsx', '../chapters/neuron/chapter.ts', 'load', 'ui may not import chapters/neuron/chapter'],
  ['ui/pass/pass-bench.tsx', '../plane/judge.tsx', 'load', 'what two benches share'],
  ['chapters/neuron/scene.tsx', '../../engine/worker.ts', 'load', 'chapters may not import engine/worker'],
  ['chapters/neuron/scene.tsx', '../../ui/use-canvas.ts', 'load', 'no canvas, URL or worker'],
  ['chapters/neuron/chapter.ts', '../../core/url.ts', 'load', 'no canvas, URL or worker'],
  ['chapters/neuron/scene.tsx', '../../draw/surface.ts', 'load', 'chapters may not import draw/surface'],
  ['chapters/neuron/scene.tsx', '../../state/lab.ts', 'load', 'chapters may not import state/lab'],
  ['chapters/neuron/check.ts', '../hidden-layers/check.ts', 'load', 'what two chapters share'],
  ['games/thing.ts', '../core/url.ts', 'load', 'no known room'],
] as const)('%s may not import %s (%s)', (importer, specifier, kind, message) => {
  expect(violation(`${lab}/${importer}`, specifier, kind)).toContain(message)
})

/** Runs the check of `npm run arrows` on files in a folder of their own. */
function check(files: Record<string, string>): { status: number | null; stdout: string } {
  const folder = mkdtempSync(join(tmpdir(), 'neurite-lab-arrows-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, lab, path)), { recursive: true })
      writeFileSync(join(folder, lab, path), text)
    }
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
    const config = join(root, 'scripts/arrows.oxlintrc.json')
    return spawnSync(process.execPath, [oxlint, '-c', config, 'apps'], { cwd: folder, encoding: 'utf8' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('the check of the rooms fails on a wrong arrow, a ring, and a page in the core; it passes on files in order', () => {
  const context = "import { label } from '../core/names.ts'\nexport const shown = label\n"
  const names = "export const label = 'weight'\n"
  expect(check({ 'ui/context.ts': context, 'core/names.ts': names }).status).toBe(0)
  const wrong = check({ 'core/names.ts': "export { shown } from '../ui/context.ts'\n", 'ui/context.ts': names })
  expect(wrong.stdout).toContain('core may not import ui/context')
  expect(wrong.status).not.toBe(0)
  const ring = check({
    'core/a.ts': "import { b } from './b.ts'\nexport const a = (): number => b()\n",
    'core/b.ts': "import { a } from './a.ts'\nexport const b = (): number => a()\n",
  })
  expect(ring.stdout).toContain('no-cycle')
  expect(ring.status).not.toBe(0)
  for (const room of ['core', 'chapters/neuron']) {
    const page = check({ [`${room}/names.ts`]: 'export const title = (): string => document.title\n' })
    expect(page.stdout, room).toContain('document')
    expect(page.status, room).not.toBe(0)
  }
})
