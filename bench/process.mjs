import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const MARKER = '@bench '

/** @typedef {Record<string, any>} Answer */

/** @param {string} text @returns {Answer[]} */
export const answersOf = (text) =>
  text
    .split('\n')
    .filter((line) => line.startsWith(MARKER))
    .map((line) => JSON.parse(line.slice(MARKER.length)))

/** The line that tells most of what a process wrote before it failed. @param {string} errors */
function reasonIn(errors) {
  const lines = errors.trim().split('\n')
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? ''
}

/** What a process of its own needs of the environment: nothing that changes how Node or npm behave. */
function cleanEnvironment() {
  const entries = Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS' && !name.startsWith('npm_'))
  return Object.fromEntries(entries)
}

/** The process of one cell, that answers one line for each that it is sent. */
export class CellProcess {
  /**
   * @param {string} command
   * @param {string[]} args
   * @param {Record<string, string>} env
   * @param {number} limitSeconds within which each answer must come
   */
  constructor(command, args, env, limitSeconds) {
    this.limitSeconds = limitSeconds
    this.child = spawn(command, args, { env: { ...cleanEnvironment(), ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
    this.errors = ''
    /** @type {Answer[]} */
    this.waiting = []
    /** @type {((answer: Answer) => void) | undefined} */
    this.listener = undefined
    this.child.stderr.on('data', (text) => (this.errors = (this.errors + text).slice(-2000)))
    // A process that died is told by its end, not by the broken pipe to it.
    this.child.stdin.on('error', (error) => (this.errors += String(error)))
    this.child.on('error', (error) => this.receive({ error: String(error) }))
    this.child.on('exit', (code, signal) => {
      this.receive({ error: `the process ended (${signal ?? code}) ${reasonIn(this.errors)}`.trim() })
    })
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      for (const answer of answersOf(line)) this.receive(answer)
    })
  }

  /** @param {Answer} answer */
  receive(answer) {
    if (this.listener) this.listener(answer)
    else this.waiting.push(answer)
  }

  /** The next answer; an error where none comes. @returns {Promise<Answer>} */
  answer() {
    const ready = this.waiting.shift()
    if (ready) return Promise.resolve(ready)
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.child.kill('SIGKILL')
        const error = `did not finish its first steps within ${this.limitSeconds} s`
        resolve({ error, limitMs: this.limitSeconds * 1000 })
      }, this.limitSeconds * 1000)
      this.listener = (answer) => {
        clearTimeout(timer)
        this.listener = undefined
        resolve(answer)
      }
    })
  }

  /** @param {number} seconds @returns {Promise<Answer>} the samples of one slice */
  slice(seconds) {
    this.child.stdin.write(`${seconds}\n`)
    return this.answer()
  }

  /** Lets the process check its results and end. @returns {Promise<Answer>} */
  async finish() {
    this.child.stdin.end()
    const answer = await this.answer()
    this.kill()
    return answer
  }

  kill() {
    this.child.kill('SIGKILL')
  }
}

/**
 * How long a process takes from its start to its end, in milliseconds.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<number>}
 */
export function lifetime(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const begin = performance.now()
    const child = spawn(command, args, { env: { ...cleanEnvironment(), ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
    let errors = ''
    child.stderr.on('data', (text) => (errors += text))
    child.on('error', reject)
    child.on('exit', (code) => {
      const took = performance.now() - begin
      if (code === 0) resolve(took)
      else reject(new Error(`the process ended (${code}) ${reasonIn(errors)}`))
    })
  })
}
