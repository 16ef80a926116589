import { execFile } from 'node:child_process'
import { nodeBundle } from './bundle.ts'

export interface ChildOptions {
  /** The Node binary; this one where left out. */
  readonly node?: string
  /** Options of Node itself. */
  readonly flags?: readonly string[]
  readonly arguments?: readonly string[]
  /** After this many milliseconds the child counts as hung. */
  readonly limit?: number
}

/** Runs a file of this folder in a process of its own, and gives what it printed when it has ended by itself. */
export async function runChild(file: string, options: ChildOptions = {}): Promise<string> {
  const { node = process.execPath, flags = [], limit = 60_000 } = options
  const program = await nodeBundle(file)
  return new Promise((resolve, reject) => {
    const parameters = [...flags, program, ...(options.arguments ?? [])]
    const settings = { encoding: 'utf8', timeout: limit, killSignal: 'SIGKILL' } as const
    execFile(node, parameters, settings, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout)
      const ending = error.killed === true ? `did not end within ${limit} ms` : error.message
      reject(new Error(`${file} ${ending}\n${stdout}\n${stderr}`))
    })
  })
}
