import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = fileURLToPath(new URL('../../..', import.meta.url))
const main = join(root, 'packages/cli/src/main.ts')
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly ended: Promise<Ended>
  readonly kill: (signal: NodeJS.Signals) => void
  /** Waits until the output has a text. */
  readonly says: (text: string) => Promise<void>
}

/** Starts the command line from its sources, in a folder, without a terminal. */
export function start(words: readonly string[], folder: string): Running {
  const child = spawn(process.execPath, ['--import', tsx, main, ...words], {
    cwd: folder,
    // The configuration names the library's entry points, and is not found from the working folder.
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
      TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  const waiting: (() => void)[] = []
  child.stdout.on('data', (text) => {
    stdout += String(text)
    for (const wake of waiting.splice(0)) wake()
  })
  child.stderr.on('data', (text) => (stderr += String(text)))
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      for (const wake of waiting.splice(0)) wake()
      resolve({ code, stdout, stderr })
    })
  })
  const says = async (text: string): Promise<void> => {
    while (!stdout.includes(text)) {
      if (child.exitCode !== null) throw new Error(`it ended without saying '${text}':\n${stdout}\n${stderr}`)
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  return { ended, kill: (signal) => void child.kill(signal), says }
}

/** Runs a command to its end. */
export async function run(words: readonly string[], folder = temporaryFolder()): Promise<Ended> {
  return start(words, folder).ended
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'neurite-cli-'))
}

/** The objects of an output of JSON lines; throws where a line is none. */
export function jsonLines(stdout: string): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
