export const workloadNames = ['T1', 'T2', 'G1', 'I1', 'startup']
export const peerNames = ['torch', 'openblas', 'tfjs', 'jax-js', 'brain.js', 'onnxruntime']

/**
 * @typedef {object} Options
 * @property {string[]} workloads
 * @property {string[]} peers
 * @property {number[]} threads
 * @property {number[]} nodes major versions; the machine's own comes first
 * @property {number} seconds of timing, per cell
 * @property {number} warmSeconds of warm-up, per cell
 * @property {number} rounds over which a cell's seconds are spread
 * @property {number} starts of a process, per system, for `startup`
 * @property {string | undefined} json
 * @property {string | undefined} results
 * @property {boolean} isFull nothing was left out or shortened
 * @property {boolean} help
 */

export const help = `npm run bench -- [WORKLOAD ...] [options]

Workloads: ${workloadNames.join(', ')}; all by default.
  T1       train 2-8-8-1, tanh, SGD, batch 10          I1       inference of T2's network, one example
  T2       train 784-512-256-10, ReLU, Adam, batch 128 startup  first step of T1 in a fresh process
  G1       matrix products, 512 and 1024 cubed

Options:
  --peers LIST    of ${peerNames.join(', ')}; none leaves Neurite alone
  --threads LIST  1, 2 or 1,2 (default)
  --nodes LIST    of this Node's major version and 24; both by default
  --seconds N     of timing per cell (default 1.2)
  --warm N        seconds of warm-up per cell (default 0.9)
  --rounds N      over which a cell's seconds are spread (default 6)
  --starts N      processes per system for startup (default 15)
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
    warmSeconds: 0.9,
    rounds: 6,
    starts: 15,
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
    } else if (!option.startsWith('-')) {
      workloads.push(args[i] ?? '')
    } else {
      const set = setters[option]
      if (!set) throw new OptionError(`the option ${option} is unknown. Known: ${Object.keys(setters).join(', ')}.`)
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
