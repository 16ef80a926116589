// Who may import whom. docs/architecture.md says why; this table is what the check enforces.
import { posix } from 'node:path'
import { LAB, labViolation } from './lab-arrows.mjs'

/**
 * The rooms that each room may enter beside itself. A key with a slash names one file or folder inside a room and goes
 * before the room's own line. Files in the root of the sources (but index.ts) and math/ are open to everyone.
 * @type {Record<string, readonly string[]>}
 */
const MAY_ENTER = {
  errors: [],
  'known-options': [],
  'option-checks': [],
  'require-dtype': [],
  math: [],
  'graph/autodiff': ['graph', 'ops'],
  'graph/lower': ['graph', 'ops'],
  'graph/simplify': ['graph', 'ops'],
  graph: [],
  ops: ['graph'],
  compiler: ['graph'],
  'backends/reference': ['graph', 'ops'],
  'backends/wasm': ['compiler'],
  runtime: ['backends', 'compiler', 'graph', 'ops'],
  tensor: ['runtime', 'ops', 'graph'],
  nn: ['tensor'],
  optim: ['nn', 'tensor'],
  formats: ['tensor'],
  data: ['formats', 'tensor'],
  train: ['data', 'formats', 'optim', 'nn', 'tensor'],
  index: ['data', 'formats', 'graph', 'nn', 'ops', 'optim', 'runtime', 'tensor', 'train'],
}

const OPEN_TO_ALL = ['errors', 'known-options', 'option-checks', 'require-dtype', 'math']

/** Paths inside a room that others may not enter, although they may enter the room. */
const PRIVATE = [
  { path: 'graph/autodiff', from: ['ops', 'compiler', 'backends'] },
  { path: 'graph/simplify', from: ['ops', 'backends'] },
]

/**
 * What a room may name in its types without sharing any code.
 * @type {Record<string, readonly string[]>}
 */
const MAY_NAME = {
  'backends/reference': ['compiler/program'],
}

const LIBRARY = 'packages/neurite/src/'

/** @param {string} path @param {string} folder */
const isIn = (path, folder) => path === folder || path.startsWith(`${folder}/`)

/** @param {string} path */
const withoutExtension = (path) => path.replace(/\.ts$/, '')

/**
 * Says why one file may not import another, or undefined where it may.
 * @param {string} importer path from the repository's root, with forward slashes
 * @param {string} specifier as written in the import
 * @param {'load' | 'type' | 'lazy'} kind how it is imported: when the module loads, as a type only, or with `import()`
 * @returns {string | undefined}
 */
export function violation(importer, specifier, kind) {
  const isRelative = specifier.startsWith('.')
  const target = isRelative ? posix.join(posix.dirname(importer), specifier) : specifier
  if (importer.startsWith(LAB)) return labViolation(importer.slice(LAB.length), target, !isRelative, kind)
  if (!importer.startsWith(LIBRARY)) {
    const isPackageSource = /^packages\/[^/]+\/src\//.test(importer) || importer.startsWith('zoo/')
    if (isPackageSource && target.startsWith(LIBRARY)) {
      return `${importer} stands on the library's entry points: import from 'neurite', not from its sources.`
    }
    return undefined
  }
  if (!isRelative) {
    if (!specifier.startsWith('node:')) return `The library has no run-time dependency: '${specifier}' is not allowed.`
    if (kind === 'load') return `Browsers cannot load '${specifier}': import() it where it is used.`
    return undefined
  }
  if (!target.startsWith(LIBRARY)) return `The library imports nothing outside ${LIBRARY}: ${target} is outside.`
  const from = withoutExtension(importer.slice(LIBRARY.length))
  const to = withoutExtension(target.slice(LIBRARY.length))
  const room = Object.keys(MAY_ENTER).find((name) => isIn(from, name))
  if (room === undefined) return `${importer} lies in no known room: add the room to scripts/arrows-rule.mjs.`
  const [entered] = to.split('/')
  const allowed = [room, ...(MAY_ENTER[room] ?? []), ...OPEN_TO_ALL]
  if (kind === 'type' && MAY_NAME[room]?.includes(to)) return undefined
  const isHidden = PRIVATE.some(({ path, from: outside }) => isIn(to, path) && outside.some((name) => isIn(from, name)))
  if (!isHidden && allowed.some((name) => isIn(to, name))) return undefined
  return `${room} may not import ${isHidden ? to : entered}: it may import ${allowed.slice(1).join(', ')}.`
}

/** @param {string} filename */
function fromRoot(filename) {
  const path = filename.replaceAll('\\', '/')
  const start = path.search(/((packages|apps)\/[^/]+\/(src|test)|zoo|bench|scripts)\//)
  return start < 0 ? path : path.slice(start)
}

const arrows = {
  meta: { type: 'problem', docs: { description: 'Check the arrows between the rooms of the library.' } },
  // The rule receives the linter's context; its type is not published.
  create(/** @type {any} */ context) {
    const importer = fromRoot(context.filename)
    const check = (
      /** @type {any} */ node,
      /** @type {any} */ source,
      /** @type {'load' | 'type' | 'lazy'} */ kind,
    ) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return
      const message = violation(importer, source.value, kind)
      if (message !== undefined) context.report({ node, message })
    }
    const declaration = (/** @type {any} */ node) =>
      check(node, node.source, node.importKind === 'type' || node.exportKind === 'type' ? 'type' : 'load')
    return {
      ImportDeclaration: declaration,
      ExportNamedDeclaration: declaration,
      ExportAllDeclaration: declaration,
      ImportExpression: (/** @type {any} */ node) => check(node, node.source, 'lazy'),
      TSImportType: (/** @type {any} */ node) => check(node, node.source ?? node.argument?.literal, 'type'),
    }
  },
}

export default { meta: { name: 'neurite-arrows' }, rules: { arrows } }
