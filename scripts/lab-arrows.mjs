// Who may import whom in the lab. docs/lab.md says why; this table is what the check enforces.

export const LAB = 'apps/lab/src/'

/**
 * The rooms that each room may enter beside itself.
 * @type {Record<string, readonly string[]>}
 */
const MAY_ENTER = {
  core: [],
  engine: ['core'],
  state: ['core'],
  draw: ['core'],
  locales: ['core'],
  site: ['locales'],
  // The contents of the site are what the list of chapters says.
  ui: ['draw', 'state', 'core', 'locales', 'site', 'theme', 'chapters/index'],
  chapters: ['ui', 'core', 'locales'],
  front: ['ui', 'draw', 'state', 'core', 'locales', 'site', 'chapters/index'],
  main: ['front', 'ui', 'state', 'core', 'engine', 'locales', 'chapters', 'theme', 'site'],
  prerender: ['front', 'ui', 'locales', 'chapters', 'site'],
  'vite-env.d': [],
}

/**
 * What a room may name in its types without sharing any code: the page talks to the engine through a port.
 * @type {Record<string, readonly string[]>}
 */
const MAY_NAME = {
  state: ['engine/remote'],
  front: ['engine'],
  ui: ['chapters/chapter-text'],
}

/** A chapter describes: it draws on no canvas, writes no address and starts no worker. */
const CLOSED_TO_CHAPTERS = ['core/url', 'core/compressed', 'ui/use-canvas']

/**
 * Packages by the rooms that may load them.
 * @type {Record<string, readonly string[]>}
 */
const PACKAGES = {
  neurite: ['engine'],
  preact: ['ui', 'chapters', 'front', 'main', 'prerender'],
  '@preact/signals': ['state', 'ui', 'front', 'main'],
  'preact-render-to-string': ['prerender'],
  '@fontsource': ['main'],
  '@fontsource-variable': ['main'],
}

/** @param {string} path @returns {string | undefined} the bench that a file of ui/ belongs to */
const benchOf = (path) => /^ui\/([^/]+)\//.exec(path)?.[1]

/** @param {string} path @param {string} folder */
const isIn = (path, folder) => path === folder || path.startsWith(`${folder}/`)

/**
 * Says why a file of the lab may not import another, or undefined where it may.
 * @param {string} importer path from apps/lab/src
 * @param {string} target path from the repository's root, or the name of a package
 * @param {boolean} isPackage
 * @param {'load' | 'type' | 'lazy'} kind
 * @returns {string | undefined}
 */
export function labViolation(importer, target, isPackage, kind) {
  const from = importer.replace(/\.tsx?$/, '')
  const room = from.split('/')[0] ?? ''
  const mayEnter = MAY_ENTER[room]
  if (mayEnter === undefined) return `${importer} lies in no known room of the lab: add it to scripts/lab-arrows.mjs.`
  if (isPackage) {
    const name = Object.keys(PACKAGES).find((each) => isIn(target, each))
    if (name !== undefined && PACKAGES[name]?.includes(room)) return undefined
    return name === 'neurite'
      ? `${room} may not import ${target}: only engine/ imports the library.`
      : `${room} may not import the package ${target}.`
  }
  if (!target.startsWith(LAB)) return `The lab imports packages and its own files only: ${target} is outside.`
  const to = target.slice(LAB.length).replace(/\.tsx?$/, '')
  const refused = `${from.split('/').length > 1 ? room : importer} may not import ${to}`
  if (room === 'chapters' && from !== 'chapters/index') {
    const own = from.split('/').slice(0, 2).join('/')
    if (CLOSED_TO_CHAPTERS.some((file) => isIn(to, file)))
      return `${refused}: a chapter has no canvas, URL or worker code.`
    if (isIn(to, 'chapters') && !isIn(to, own) && to !== 'chapters/chapter-text') {
      return `${refused}: what two chapters share lies in ui/ or core/.`
    }
  }
  const [bench, otherBench] = [benchOf(from), benchOf(to)]
  if (bench !== undefined && otherBench !== undefined && bench !== otherBench) {
    return `${refused}: what two benches share lies in ui/ itself.`
  }
  if ([room, ...mayEnter].some((name) => isIn(to, name))) return undefined
  if (kind === 'type' && MAY_NAME[room]?.some((name) => isIn(to, name))) return undefined
  return `${refused}: it may import ${mayEnter.join(', ') || 'nothing else'}.`
}
