import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { readSafetensors } from 'neurite/formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIRST_PORT } from '../../../scripts/lab-serve.mjs'
import { root, temporaryFolder } from './support.ts'

const limit = { timeout: 300_000 }

/** `npm start` without a terminal. */
function npmStart(...words: string[]) {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--epochs', '1', ...words], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', FORCE_COLOR: undefined, NODE_ENV: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text) => (stdout += String(text)))
  child.stderr.on('data', (text) => (stderr += String(text)))
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  const says = async (text: string | RegExp): Promise<string> => {
    while (stdout.search(text) < 0) {
      if (child.exitCode !== null) throw new Error(`it ended without saying ${text}:\n${stdout}\n${stderr}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return stdout
  }
  return { ended, says, interrupt: () => void child.kill('SIGINT') }
}

describe('npm start', () => {
  /** Somebody else has the first port. */
  const other = createServer((_request, response) => void response.end('somebody else'))
  let isOurs = false
  beforeAll(
    () =>
      new Promise<void>((resolve) => {
        // Busy already is as good.
        other.once('error', () => resolve())
        other.listen(FIRST_PORT, 'localhost', () => {
          isOurs = true
          resolve()
        })
      }),
  )
  afterAll(() => {
    if (isOurs) other.close()
  })

  test('says what will happen and where the lab is, serves it while it trains, and ends', limit, async () => {
    const folder = temporaryFolder()
    const running = npmStart('--out', folder)
    // Before anything is installed, built or made.
    const said = await running.says('The lab: ')
    expect(said).toContain('A network will learn to read handwritten digits')
    expect(said).not.toContain('Building')
    expect(said).not.toContain('drawing digits')
    const [, url, port] = /The lab: (http:\/\/localhost:(\d+)\/)/.exec(await running.says(/The lab: .*\n/))!
    expect(Number(port)).toBeGreaterThan(FIRST_PORT)
    // While the lab is being built its page asks to wait; then it is the lab.
    const page = async (): Promise<string> => (await fetch(url!)).text()
    for (let html = await page(); !html.includes('<main'); html = await page()) {
      expect(html).toContain('http-equiv="refresh"')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const describe = async (): Promise<{ state: string; step: number }> =>
      (await fetch(`${url}live/run.json`)).json() as Promise<{ state: string; step: number }>
    await running.says('It knows nothing yet')
    let live = await describe()
    while (live.state === 'waiting') live = await describe()
    expect(live.state).toBe('training')
    const weights = async (): Promise<Buffer> =>
      Buffer.from(await (await fetch(`${url}live/model.safetensors`)).arrayBuffer())
    const first = await weights()
    await running.says('  step ')
    const second = await weights()
    expect(second.equals(first)).toBe(false)
    expect((await describe()).step).toBeGreaterThan(live.step)
    expect(readSafetensors(second).tensors.get('1.weight')!.shape).toEqual([512, 784])
    // Without a terminal nobody can press a key: it ends, and the server with it.
    const { code, stdout, stderr } = await running.ended
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toContain('asked again, it says')
    expect(stdout).toContain('npm run lab')
    expect(stdout).not.toContain('\r')
    expect(stripVTControlCharacters(stdout)).toBe(stdout)
    const kept = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'))
    expect(kept.metrics.testAccuracy).toBeGreaterThan(0.8)
    await expect(fetch(url!)).rejects.toThrow('fetch failed')
  })

  test('--once serves nothing, and Ctrl-C before anything was learned ends it', limit, async () => {
    const running = npmStart('--once', '--out', temporaryFolder())
    await running.says('drawing digits')
    running.interrupt()
    const { code, stdout } = await running.ended
    expect(code).toBe(130)
    expect(stdout).toContain('A network will learn')
    expect(stdout).not.toContain('localhost')
    expect(stdout).toContain('nothing was saved')
  })

  test('--json prints nothing but JSON', limit, async () => {
    const running = npmStart('--json', '--out', temporaryFolder())
    await running.says('"guess"')
    running.interrupt()
    const { stdout } = await running.ended
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event)
    expect(events).toContain('guess')
    expect(events.at(-1)).toBe('result')
  })
})
