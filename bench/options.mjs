export const workloadNames = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'G1', 'I1', 'I2', 'I3', 'I4', 'startup']

/** The parts that some workloads are measured in. @type {Record<string, readonly string[]>} */
const parts = { G1: ['G1-512', 'G1-1024'], startup: ['startup', 'startup-T3'] }

/** @param {readonly string[]} workloads */
export const partsOf = (workloads) => workloads.flatMap((name) => parts[name] ?? [name])
export const peerNames = ['torch', 'openblas', 'tfjs', 'jax-js', 'brain.js', 'onnxruntime']

/**
 * @typedef {object} Options
 * @property {string[]} workloads
 * @property {string[]} peers
 * @property {number[]} threads
 * @property {number[]} nodes major versions; the machine's own comes first
 * @property {number} seconds of timing, per cell
 * @property {number} warmSeconds of warm-up, per cell
 * @property {number} limitSeconds within which a cell must answer
 * @property {number} rounds over which a cell's seconds are spread
 * @property {number} starts of a process, per system, for `startup`
 * @property {string | undefined} json
 * @property {string | undefined} results
 * @property {boolean} isFull nothing was left out or shortened
 * @property {boolean} help
 */

export const help = `npm run bench -- [WORKLOAD ...] [options]

Workloads: ${workloadNames.join(', ')}; all by default.
  T1  train 2-8-8-1, tanh, SGD, batch 10             T7  train a transformer language model, 2 layers of 128
  T2  train 784-512-256-10, ReLU, Adam, batch 128    G1  matrix products, 512 and 1024 cubed
  T3  train a CNN, 28x28, batch 64                   I1  inference of T2's network, one example
  T4  train an RNN, 256 wide, 64 steps, batch 32     I2  inference of T3's network, one picture
  T5  train an LSTM of the same size                 I3  inference of T5's network, one sequence
  T6  train a DCGAN, one step each, batch 64         I4  inference of T3's network, 128 pictures
  startup  first step of T1, and of T3, in a fresh process

Options:
  --peers LIST    of ${peerNames.join(', ')}; none leaves Neurite alone
  --threads LIST  1, 2 or 1,2 (default)
  --nodes LIST    of this Node's major version and 24; both by default
  --seconds N     of timing per cell (default 1.2)
  --warm N        seconds of warm-up per cell (default 0.7)
  --limit N       seconds after which a cell that has not answered did not finish (default 60)
  --rounds N      over which a cell's seconds are spread (default 6)
  --starts N      processes per system for startup (default 12)
  --quick         a few steps per cell, to see that all of them work
  --json FILE     also writes every cell to FILE
  --results FILE  writes the table here; a full run writes bench/RESULTS.md
  --help          prints this`

/** A mistake in the command line, to be told without a stack trace. */
export class OptionError extends Error {}

/** @param {string} option @param {string} text */
const listOf = (option, text) => {
  const items = text.split(',').map((item) => item.trim())
  if (items.includes('')) throw new OptionError(`${option} ${text}: an item is empty. Write names with commas between.`)
  return [...new Set(items)]
}

/** @param {string} option @param {string} text */
function positive(option, text) {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new OptionError(`${option} ${text}: expected a number above 0.`)
}

/** @param {string} option @param {string} text */
function count(option, text) {
  const value = positive(option, text)
  if (Number.isInteger(value)) return value
  throw new OptionError(`${option} ${text}: expected a whole number above 0.`)
}

/** @param {string} option @param {string} text @param {readonly string[]} known */
function known(option, text, known) {
  const items = listOf(option, text)
  for (const item of items) {
    if (!known.includes(item)) throw new OptionError(`${option}: ${item} is unknown. Known: ${known.join(', ')}.`)
  }
  return known.filter((item) => items.includes(item))
}

/**
 * @param {readonly string[]} args
 * @param {number} ownMajor the major version of this Node
 * @returns {Options}
 * @throws OptionError that says what is wrong and what was expected
 */
export function parseOptions(args, ownMajor = Number(process.versions.node.split('.')[0])) {
  const nodes = [...new Set([ownMajor, 24])]
  /** @type {Options} */
  const options = {
    workloads: workloadNames,
    peers: peerNames,
    threads: [1, 2],
    nodes,
    seconds: 1.2,
    warmSeconds: 0.7,
    limitSeconds: 60,
    rounds: 6,
    starts: 12,
    json: undefined,
    results: undefined,
    isFull: true,
    help: false,
  }
  /** @type {Record<string, (text: string, option: string) => void>} */
  const setters = {
    '--peers': (text, option) => (options.peers = text === 'none' ? [] : known(option, text, peerNames)),
    '--threads': (text, option) => (options.threads = known(option, text, ['1', '2']).map(Number)),
    '--nodes': (text, option) => (options.nodes = known(option, text, nodes.map(String)).map(Number)),
    '--seconds': (text, option) => (options.seconds = positive(option, text)),
    '--warm': (text, option) => (options.warmSeconds = positive(option, text)),
    '--limit': (text, option) => (options.limitSeconds = positive(option, text)),
    '--rounds': (text, option) => (options.rounds = count(option, text)),
    '--starts': (text, option) => (options.starts = count(option, text)),
    '--json': (text) => (options.json = text),
    '--results': (text) => (options.results = text),
  }
  /** @type {string[]} */
  const workloads = []
  for (let i = 0; i < args.length; i++) {
    const [option = '', ...rest] = (args[i] ?? '').split('=')
    if (option === '--help') {
      options.help = true
    } else if (option === '--quick') {
      Object.assign(options, { seconds: 0.01, warmSeconds: 0.01, rounds: 1, starts: 1, isFull: false })
    } else if (!option.startsWith('-')) {
      workloads.push(args[i] ?? '')
    } else {
      const set = setters[option]
      if (!set)
        throw new OptionError(
          `the option ${option} is unknown. Known: ${[...Object.keys(setters), '--quick'].join(', ')}.`,
        )
      const text = rest.length > 0 ? rest.join('=') : args[++i]
      if (text === undefined || text === '' || text.startsWith('--')) throw new OptionError(`${option} needs a value.`)
      set(text, option)
      if (option !== '--json' && option !== '--results') options.isFull = false
    }
  }
  for (const name of workloads) {
    if (!workloadNames.includes(name)) {
      throw new OptionError(`the workload ${name} is unknown. Known: ${workloadNames.join(', ')}.`)
    }
  }
  if (workloads.length > 0) {
    options.workloads = workloadNames.filter((name) => workloads.includes(name))
    options.isFull = false
  }
  return options
}
