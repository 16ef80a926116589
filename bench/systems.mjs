// Which systems there are, which of them this machine has, and how a process of each is started.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { writeArrays } from './arrays-file.mjs'
import { answersOf } from './process.mjs'

const bench = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]$/, '')
const path = (/** @type {string[]} */ ...parts) => join(bench, ...parts)
const torchScript = path('peers/torch_peer.py')
/** Debian's own: a Python that is first in the path may have no PyTorch. */
const python = '/usr/bin/python3'

/**
 * A system in one setting.
 * @typedef {object} System
 * @property {string} name as in the table
 * @property {string | null} node version of Node, null where none takes part
 * @property {string | null} mode of Neurite
 * @property {number} threads
 * @property {string} version
 * @property {readonly string[]} workloads
 * @property {string} command
 * @property {(workload: string, warmSeconds: number) => string[]} args
 * @property {(workload: string) => string[]} firstStepArgs
 * @property {Record<string, string>} env
 */

/** @typedef {{ version: string, path: string }} Node */

const products = ['G1-512', 'G1-1024']
const training = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7']
const inference = ['I1', 'I2', 'I3', 'I4']
const startups = ['startup', 'startup-T3']
const steps = [...training, ...products, ...inference]
/** Measured for peers in JavaScript on the newest Node alone: their steps are slow, and Node's version moves them little. */
const slowWithPeers = ['T3', 'T4', 'T5', 'T6', 'T7', 'I2', 'I3', 'I4']

/**
 * @param {Node} node
 * @param {string} module
 * @param {object} settings
 */
const nodeProcess = (node, module, settings) => ({
  node: node.version,
  command: node.path,
  args: (/** @type {string} */ workload, /** @type {number} */ warmSeconds) => [
    path('worker.mjs'),
    JSON.stringify({ module: path(module), workload, settings, warmSeconds }),
  ],
  firstStepArgs: (/** @type {string} */ workload) => [
    path('first-step.mjs'),
    path(module),
    workload,
    JSON.stringify(settings),
  ],
  env: {},
})

const versionOf = (/** @type {string} */ manifest) => JSON.parse(readFileSync(path(manifest), 'utf8')).version

/**
 * Neurite in all its modes, from a copy of the bundle: a build meanwhile must not change what is measured.
 * @param {{ threads: readonly number[], nodes: readonly Node[], cache: string }} options
 * @returns {System[]}
 */
export function neuriteSystems({ nodes, threads, cache }) {
  const copy = join(cache, 'neurite')
  rmSync(copy, { recursive: true, force: true })
  cpSync(path('../packages/neurite/dist'), copy, { recursive: true })
  const env = { NEURITE_BUNDLE: pathToFileURL(join(copy, 'index.js')).href }
  const version = versionOf('../packages/neurite/package.json')
  return nodes.flatMap((node) => {
    const widens = Number(node.version.split('.')[0]) >= 24
    /** @type {[string, { mode: string, widen?: boolean }][]} */
    const modes = [
      ['reproducible', { mode: 'reproducible' }],
      ['reproducible widened', { mode: 'reproducible', widen: true }],
      ['fast', { mode: 'fast', widen: true }],
    ]
    const system = (/** @type {string} */ mode, /** @type {object} */ settings) => ({
      name: 'neurite',
      mode,
      version,
      ...nodeProcess(node, 'neurite.mjs', settings),
      env,
    })
    return modes
      .filter(([mode]) => widens || mode !== 'reproducible widened')
      .flatMap(([mode, settings]) => [
        ...threads.map((count) => ({
          ...system(mode, { ...settings, threads: count }),
          threads: count,
          workloads: steps,
        })),
        // As a newcomer has it: as many threads as the machine has cores.
        { ...system(mode, settings), threads: availableParallelism(), workloads: startups },
      ])
  })
}

/** @param {number} threads the folder of the OpenBLAS that gets on with PyTorch's threads, undefined where it is absent */
function openBlasFolder(threads) {
  const name = threads === 1 ? 'openblas-pthread' : 'openblas-openmp'
  if (!existsSync('/usr/lib')) return undefined
  return readdirSync('/usr/lib')
    .map((folder) => join('/usr/lib', folder, name))
    .find((folder) => existsSync(folder))
}

/** @param {number} threads @param {string} folder */
const torchEnv = (threads, folder) => ({
  LD_LIBRARY_PATH: folder,
  OMP_NUM_THREADS: String(threads),
  OPENBLAS_NUM_THREADS: String(threads),
})

/**
 * PyTorch and OpenBLAS, or why they are absent.
 * @param {readonly number[]} threads
 * @param {string} arrays the folder of weights and batches
 * @returns {{ torch: System[], openblas: System[], absence: string | undefined }}
 */
function torchSystems(threads, arrays) {
  /** @type {System[]} */
  const torch = []
  /** @type {System[]} */
  const openblas = []
  const none = (/** @type {string} */ absence) => ({ torch: [], openblas: [], absence })
  if (!existsSync(python)) return none(`${python} is absent`)
  for (const count of threads) {
    const folder = openBlasFolder(count)
    if (folder === undefined) {
      return none('OpenBLAS is absent: apt-get install libopenblas0-pthread libopenblas0-openmp')
    }
    const env = torchEnv(count, folder)
    const { stdout } = spawnSync(python, [torchScript, 'libraries'], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    })
    const [versions] = answersOf(stdout ?? '')
    if (!versions) return none('PyTorch is absent: apt-get install python3-torch')
    if (versions['openblas'] === null) return none(`PyTorch does not load the OpenBLAS of ${folder}`)
    const shared = {
      node: null,
      mode: null,
      threads: count,
      command: python,
      env,
      args: (/** @type {string} */ workload, /** @type {number} */ warmSeconds) => [
        torchScript,
        JSON.stringify({ workload, threads: count, warmSeconds, arrays }),
      ],
      firstStepArgs: (/** @type {string} */ workload) => [torchScript, 'first-step', workload, arrays],
    }
    const workloads = [...training, ...inference, ...(count === threads[0] ? startups : [])]
    torch.push({ ...shared, name: 'torch', version: versions['version'], workloads })
    openblas.push({ ...shared, name: 'openblas', version: versions['openblas'], workloads: products })
  }
  return { torch, openblas, absence: undefined }
}

/**
 * Writes the models for ONNX Runtime.
 * @param {string} arrays
 * @param {string} folder
 * @returns {string | undefined} why there are none
 */
function exportModels(arrays, folder) {
  mkdirSync(folder, { recursive: true })
  const openblas = openBlasFolder(1)
  const env = { ...process.env, ...(openblas === undefined ? {} : torchEnv(1, openblas)) }
  const { status } = spawnSync(python, [torchScript, 'export', arrays, folder], { env })
  return status === 0 ? undefined : 'its models are exported by PyTorch: apt-get install python3-torch'
}

/** What a peer is not asked for, and why. */
const leftOut = {
  'brain.js': 'T3 to T7, I2 to I4: it has no convolution, attention or batches; its recurrent networks are other ones',
  onnxruntime: 'T1 to T7: it does inference only',
}

/**
 * The systems of the wanted peers, and why each of the others is absent.
 * @param {{ peers: readonly string[], threads: readonly number[], nodes: readonly Node[], cache: string }} options
 * @returns {{ systems: System[], absent: string[] }}
 */
export function peerSystems({ peers, threads, nodes, cache }) {
  /** @type {System[]} */
  const systems = []
  /** @type {string[]} */
  const absent = []
  const wants = (/** @type {string} */ peer) => peers.includes(peer)
  for (const [peer, reason] of Object.entries(leftOut)) if (wants(peer)) absent.push(`${peer}, ${reason}`)

  const arrays = join(cache, 'arrays')
  if (wants('torch') || wants('onnxruntime')) writeArrays(arrays)
  if (wants('torch') || wants('openblas')) {
    const { torch, openblas, absence } = torchSystems(threads, arrays)
    if (wants('torch')) systems.push(...torch)
    if (wants('openblas')) systems.push(...openblas)
    if (absence !== undefined) absent.push(`torch, openblas: ${absence}`)
  }

  const models = join(cache, 'onnx')
  const noModels = wants('onnxruntime') ? exportModels(arrays, models) : undefined
  if (noModels !== undefined) absent.push(`onnxruntime: ${noModels}`)

  const newest = nodes.at(-1)
  for (const node of nodes) {
    /**
     * @param {string} name
     * @param {{ module: string, manifest: string, settings: object, threads?: number, workloads: string[] }} how
     */
    const add = (name, { module, manifest, settings, threads = 1, workloads }) =>
      systems.push({
        name,
        mode: null,
        threads,
        version: versionOf(`node_modules/${manifest}/package.json`),
        workloads,
        ...nodeProcess(node, `peers/${module}`, settings),
      })
    const able = [...steps, 'startup'].filter((name) => node === newest || !slowWithPeers.includes(name))

    if (wants('tfjs') && threads.includes(1)) {
      for (const backend of ['cpu', 'wasm']) {
        const manifest = '@tensorflow/tfjs'
        add(`tfjs-${backend}`, { module: 'tfjs.mjs', manifest, settings: { backend }, workloads: able })
      }
    }
    if (wants('jax-js')) {
      for (const count of threads) {
        const workloads = count === threads[0] ? able : able.filter((name) => name !== 'startup')
        const settings = { threads: count }
        add('jax-js', { module: 'jax.mjs', manifest: '@jax-js/jax', settings, threads: count, workloads })
      }
    }
    if (wants('brain.js') && threads.includes(1)) {
      const workloads = ['T1', 'T2', 'I1', 'startup']
      add('brain.js', { module: 'brain.mjs', manifest: 'brain.js', settings: {}, workloads })
    }
    if (wants('onnxruntime') && noModels === undefined) {
      for (const kind of ['node', 'web']) {
        // The native one does not depend on Node's version.
        if (kind === 'node' && node !== nodes[0]) continue
        for (const count of threads) {
          const settings = { kind, threads: count, models }
          const manifest = `onnxruntime-${kind}`
          const workloads = [...products, ...inference]
          add(manifest, { module: 'onnxruntime.mjs', manifest, settings, threads: count, workloads })
        }
      }
    }
  }
  return { systems, absent }
}
