// The chunks share functions of the core that are not public. Exported by name, they would be exports of the entry too, or
// the entry would have to list the public ones once more. So the core exports them in one list, as its default, which
// `export *` leaves out.
import { parseAst } from 'rolldown/parseAst'

/** @typedef {Record<string, any> & { type: string, start: number, end: number }} AstNode */
/** @typedef {Record<string, { type: string, code?: string }>} Bundle */

/** The name of the list in the chunks that import it. */
const LIST = '$core'

/**
 * @param {string} entry the file that gives the public names of the core, and nothing else
 * @param {string} core
 */
export function hideInternals(entry, core) {
  const from = ` from"./${core}"`
  return {
    name: 'hide-internals',
    /** @param {unknown} _options @param {Bundle} bundle */
    generateBundle(_options, bundle) {
      const [names, ...others] = topLevel(bundle[entry]).filter(({ type }) => type !== 'EmptyStatement')
      const statements = topLevel(bundle[core])
      const list = statements.find(({ type, source }) => type === 'ExportNamedDeclaration' && source === null)
      if (names?.['source']?.value !== `./${core}` || others.length > 0 || list === undefined) {
        throw new Error(`${entry} is expected to give only names of ${core}`)
      }
      const publicNames = new Map(pairs(names).map(([local, exported]) => [local, exported]))
      const shared = pairs(list)
      const hidden = shared.filter(([, name]) => !publicNames.has(name))
      for (const [local] of hidden) requireConstant(local, statements)
      const shown = shared.flatMap(([local, name]) => {
        const exported = publicNames.get(name)
        return exported === undefined ? [] : [local === exported ? local : `${local} as ${exported}`]
      })
      replace(bundle, core, list, `export{${shown.join()}};export default[${hidden.map(([local]) => local).join()}];`)
      const places = new Map(hidden.map(([, name], place) => [name, place]))
      for (const file of Object.keys(bundle)) {
        for (const statement of topLevel(bundle[file])) {
          if (statement['source']?.value !== `./${core}` || file === entry) continue
          /** @type {string[]} */
          const wanted = []
          const named = pairs(statement).flatMap(([name, local]) => {
            const place = places.get(name)
            if (place !== undefined) wanted[place] = local
            return place === undefined ? [`${publicNames.get(name)} as ${local}`] : []
          })
          if (wanted.length === 0 && statement['specifiers'].length > named.length) continue
          const both = [...(wanted.length > 0 ? [LIST] : []), ...(named.length > 0 ? [`{${named.join()}}`] : [])]
          // As long as before: the source map stays true.
          const text = `import ${both.join()}${from};${wanted.length > 0 ? `const[${wanted.join()}]=${LIST};` : ''}`
          replace(bundle, file, statement, text)
        }
      }
      const file = bundle[entry]
      if (file !== undefined) file.code = `export *${from};\n`
    },
  }
}

/** @param {{ code?: string } | undefined} chunk @returns {AstNode[]} */
function topLevel(chunk) {
  return chunk?.code === undefined ? [] : /** @type {any} */ (parseAst(chunk.code).body)
}

/**
 * The two names of each entry of an import or export list: first the one in front of `as`.
 * @param {AstNode} statement
 * @returns {[string, string][]}
 */
function pairs(statement) {
  return statement['specifiers'].map((/** @type {AstNode} */ { type, local, imported, exported }) =>
    type === 'ImportSpecifier' ? [imported.name, local.name] : [local.name, exported.name],
  )
}

/**
 * A list holds what a name means when it is made: a variable that is given another value later cannot be in it.
 * @param {string} name
 * @param {AstNode[]} statements
 */
function requireConstant(name, statements) {
  const isConstant = statements.some((statement) => {
    if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration')
      return statement['id'].name === name
    const { kind, declarations = [] } = statement
    const own = declarations.find((/** @type {AstNode} */ { id }) => id.name === name)
    return own !== undefined && (kind === 'const' || own.init?.type === 'ClassExpression')
  })
  if (!isConstant) throw new Error(`${name} is shared by chunks and may change: export a function that reads it`)
}

/**
 * Puts another text in place of a statement, filled up with spaces.
 * @param {Bundle} bundle
 * @param {string} file
 * @param {AstNode} statement
 * @param {string} text
 */
function replace(bundle, file, { start, end }, text) {
  const chunk = bundle[file]
  if (chunk?.code === undefined) return
  chunk.code = chunk.code.slice(0, start) + text.padEnd(end - start) + chunk.code.slice(end)
}
