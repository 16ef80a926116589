// The sources keep an operation in one file. What ships is split: its float64 definition (`evaluate`) is loaded with the
// reference backend, its lowered form (`lower`) with the compiler, and only the rest with the import.
import { readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'rolldown/parseAst'

/**
 * The table of each part (it lies in the folder of the operations), and the name of what it exports.
 * @type {Record<string, { table: string, exported: string }>}
 */
const PARTS = {
  evaluate: { table: 'definitions.ts', exported: 'definitions' },
  lower: { table: 'lowerings.ts', exported: 'lowerings' },
}

/** @typedef {Record<string, any> & { type: string, start: number, end: number }} AstNode */
/** @typedef {{ operation: string, property: AstNode }} Cut */
/**
 * A statement of the file, the name that it declares, and the names that it uses.
 * @typedef {{ node: AstNode, name: string | undefined, uses: Set<string>, isExported: boolean }} Statement
 */

/**
 * A plugin for the bundler of the library.
 * @param {string} [folder] of the operations
 * @returns {any}
 */
export function splitOperations(folder = fileURLToPath(new URL('../packages/neurite/src/ops', import.meta.url))) {
  /** @type {Map<string, { code: string, source: string }> | undefined} */
  let modules
  return {
    name: 'split-operations',
    /** @param {string} source @param {string | undefined} importer */
    resolveId(source, importer) {
      if (importer === undefined || dirname(importer) !== folder) return undefined
      const id = join(folder, source)
      return /\.(evaluate|lower)\.ts$/.test(source) ? id : undefined
    },
    /** @param {string} id */
    load(id) {
      if (dirname(id) !== folder) return undefined
      modules ??= splitFolder(folder)
      const found = modules.get(basename(id))
      if (found === undefined) return undefined
      return { code: found.code, map: lineMap(join(folder, found.source), found.code) }
    },
  }
}

/**
 * All files of the folder that change, and those that are new, by name, with the file that each was made of.
 * @param {string} folder
 */
export function splitFolder(folder) {
  /** @type {Map<string, { code: string, source: string }>} */
  const modules = new Map()
  const tables = Object.fromEntries(Object.keys(PARTS).map((part) => [part, /** @type {string[][]} */ ([])]))
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
    const { core, parts } = splitFile(file, readFileSync(join(folder, file), 'utf8'))
    if (parts.length === 0) continue
    modules.set(file, { code: core, source: file })
    for (const { part, code, operations } of parts) {
      const name = file.replace('.ts', `.${part}.ts`)
      modules.set(name, { code, source: file })
      tables[part]?.push([name, ...operations])
    }
  }
  for (const [part, { table, exported }] of Object.entries(PARTS)) {
    const rows = tables[part] ?? []
    const imports = rows.map(
      ([file, ...names]) => `import { ${names.map((name) => `$${name}`).join(', ')} } from './${file}'\n`,
    )
    const entries = rows.flatMap(([, ...names]) => names.map((name) => `${name}: $${name}`))
    modules.set(table, {
      code: `${imports.join('')}export const ${exported} = { ${entries.join(', ')} }\n`,
      source: table,
    })
  }
  return modules
}

/**
 * @param {string} file
 * @param {string} code
 */
export function splitFile(file, code) {
  const body = /** @type {AstNode[]} */ (/** @type {unknown} */ (parseAst(code, { lang: 'ts' }).body))
  /** @type {Record<string, Cut[]>} */
  const cuts = { evaluate: [], lower: [] }
  for (const statement of body) findCuts(statement, cuts)
  const all = Object.values(cuts).flat()
  const cutNodes = new Set(all.map(({ property }) => property))
  const imports = body.filter(({ type }) => type === 'ImportDeclaration')
  const statements = body
    .filter(
      ({ type, exportKind }) =>
        !['ImportDeclaration', 'TSInterfaceDeclaration', 'TSTypeAliasDeclaration'].includes(type) &&
        exportKind !== 'type',
    )
    .map((node) => describe(node, cutNodes))
  const inCore = needed(
    new Set(statements.filter(({ isExported }) => isExported).flatMap(({ uses }) => [...uses])),
    statements,
  )
  const isKept = (/** @type {Statement} */ { isExported, name }) =>
    isExported || (name !== undefined && inCore.has(name))
  /** @type {Set<string>} */
  const shared = new Set()
  const parts = Object.entries(cuts).flatMap(([part, found]) => {
    if (found.length === 0) return []
    const uses = needed(
      new Set(found.flatMap(({ property }) => [...namesIn(property)])),
      statements.filter((statement) => !isKept(statement)),
    )
    const own = statements.filter(
      (statement) => !isKept(statement) && statement.name !== undefined && uses.has(statement.name),
    )
    const fromCore = statements.filter(
      (statement) => isKept(statement) && statement.name !== undefined && uses.has(statement.name),
    )
    for (const { name, isExported } of fromCore) if (!isExported) shared.add(String(name))
    const kept = [
      ...imports.filter((node) => isUsed(node, uses)),
      ...own.map(({ node }) => node),
      ...found.map(({ property }) => property),
    ]
    const around = new Map(
      found.map(({ operation, property }) => [property, [`export const $${operation} = { `, ' }']]),
    )
    const names = fromCore.map(({ name }) => name).join(', ')
    const link = names === '' ? '' : `import { ${names} } from './${file}'\n`
    return [{ part, code: keepOnly(code, kept, around) + link, operations: found.map(({ operation }) => operation) }]
  })
  const dropped = [
    ...all.map(({ property }) => property),
    ...statements.filter((statement) => !isKept(statement)).map(({ node }) => node),
    ...imports.filter((node) => node['specifiers'].length > 0 && !isUsed(node, inCore)),
  ]
  const link = shared.size === 0 ? '' : `export { ${[...shared].join(', ')} }\n`
  return { core: blank(code, dropped) + link, parts }
}

/**
 * The properties of an operation that can be loaded later. The derivative is asked for while calls are recorded; where
 * there is none, so is the lowered form.
 * @param {AstNode} statement
 * @param {Record<string, Cut[]>} cuts
 */
function findCuts({ type, declaration }, cuts) {
  if (type !== 'ExportNamedDeclaration' || declaration?.type !== 'VariableDeclaration') return
  const value = declaration.declarations[0].init
  const literal = value?.type === 'CallExpression' ? value.arguments[0] : value
  if (literal?.type !== 'ObjectExpression') return
  /** @type {Map<string, AstNode>} */
  const properties = new Map(
    literal.properties.map((/** @type {AstNode} */ property) => [property['key']?.name, property]),
  )
  const operation = properties.get('name')?.['value'].value
  const [evaluate, lower] = [properties.get('evaluate'), properties.get('lower')]
  if (evaluate !== undefined) cuts['evaluate']?.push({ operation, property: evaluate })
  if (lower !== undefined && properties.has('derivative')) cuts['lower']?.push({ operation, property: lower })
}

/** @param {AstNode} node @param {ReadonlySet<AstNode>} cutNodes @returns {Statement} */
function describe(node, cutNodes) {
  const isExported = node.type.startsWith('Export')
  const declared = isExported ? node['declaration'] : node
  const name = declared?.id?.name ?? declared?.declarations?.[0].id.name
  return { node, name, uses: namesIn(node, cutNodes), isExported }
}

/**
 * The names, and those that the statements which declare them use.
 * @param {Set<string>} names
 * @param {readonly Statement[]} statements
 */
function needed(names, statements) {
  for (const name of names) {
    for (const statement of statements) if (statement.name === name) for (const use of statement.uses) names.add(use)
  }
  return names
}

/**
 * The names that code reads, types left out.
 * @param {AstNode} root
 * @param {ReadonlySet<AstNode>} [leftOut]
 */
function namesIn(root, leftOut) {
  /** @type {Set<string>} */
  const names = new Set()
  const visit = (/** @type {any} */ node) => {
    if (Array.isArray(node)) node.forEach(visit)
    if (typeof node?.type !== 'string' || leftOut?.has(node)) return
    if (/^TS(?!NonNull|As|Satisfies)/.test(node.type)) return
    if (node.type === 'Identifier') names.add(node.name)
    for (const [key, child] of Object.entries(node)) {
      const isName = (key === 'property' || key === 'key') && node.computed === false
      if (!isName || node.shorthand === true) visit(child)
    }
  }
  visit(root)
  return names
}

/** @param {AstNode} node @param {ReadonlySet<string>} names */
function isUsed(node, names) {
  return node['specifiers'].some((/** @type {AstNode} */ { local }) => names.has(local.name))
}

/** The code with spaces in place of some of it: every line keeps its number. @param {string} code @param {AstNode[]} nodes */
function blank(code, nodes) {
  let result = code
  for (const { type, start, end } of nodes) {
    const comma = type === 'Property' ? (/^\s*,/.exec(result.slice(end))?.[0].length ?? 0) : 0
    result =
      result.slice(0, start) + result.slice(start, end + comma).replace(/[^\n]/g, ' ') + result.slice(end + comma)
  }
  return result
}

/**
 * The code with spaces in place of all but some of it.
 * @param {string} code
 * @param {AstNode[]} nodes
 * @param {Map<AstNode, string[]>} around what to write before and behind some of them
 */
function keepOnly(code, nodes, around) {
  let result = ''
  let at = 0
  for (const node of nodes.toSorted((a, b) => a.start - b.start)) {
    const [before = '', behind = ''] = around.get(node) ?? []
    result += code.slice(at, node.start).replace(/[^\n]/g, '') + before + code.slice(node.start, node.end) + behind
    at = node.end
  }
  return `${result}\n`
}

/** Says that each line comes from the line with its number. @param {string} source @param {string} code */
function lineMap(source, code) {
  const lines = code.split('\n').length
  const mappings = `AAAA${';AACA'.repeat(lines - 1)}`
  return { version: 3, names: [], sources: [source], sourcesContent: [readFileSync(source, 'utf8')], mappings }
}
