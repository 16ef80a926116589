import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../../scripts/install.mjs'
import { labOut } from '../../../scripts/lab-build.mjs'
import { LISTED } from '../src/chapters/index.ts'

beforeAll(() => {
  const { NODE_ENV: _, ...env } = process.env
  execFileSync(process.execPath, ['scripts/lab-build.mjs'], { cwd: root, env })
})

const assets = (): string[] => readdirSync(join(labOut, 'assets')).map((file) => join(labOut, 'assets', file))

describe('the built lab', () => {
  test('at most 60 KB of code in any part that a chapter loads on entry', () => {
    for (const file of assets().filter((name) => name.endsWith('.js'))) {
      expect(gzipSync(readFileSync(file), { level: 9 }).length, file).toBeLessThanOrEqual(60 * 1024)
    }
  })

  test('no training on the main thread: the page loads nothing of the engine', () => {
    const html = readFileSync(join(labOut, 'hidden-layers/index.html'), 'utf8')
    const [, entry] = /src="[./]*(assets\/[\w.-]+\.js)"/.exec(html)!
    const code = readFileSync(join(labOut, entry!), 'utf8')
    expect(code).not.toContain('WebAssembly')
    expect(code).toContain('new Worker(')
  })

  test('every listed chapter is a page in both languages whose prose is there without any program', () => {
    for (const chapter of LISTED) {
      for (const folder of ['', 'de/']) {
        const html = readFileSync(join(labOut, `${folder}${chapter}/index.html`), 'utf8')
        expect(html).toContain(`lang="${folder === '' ? 'en' : 'de'}"`)
        expect(html.match(/<section/g)!.length).toBeGreaterThanOrEqual(5)
        expect(html.replace(/<[^>]*>/g, '').length).toBeGreaterThan(3000)
        expect(html).not.toMatch(/(src|href)="https?:/)
      }
    }
  })
})
