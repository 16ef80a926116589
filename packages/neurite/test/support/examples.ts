import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/** A runnable example from a docstring or from a page of the documentation. */
export interface Example {
  /** Where it stands: path from the repository's root, and the line of its first statement. */
  readonly place: string
  readonly code: string
  /** What the example says that it logs, line by line. */
  readonly expected: readonly string[]
}

const ARROW = /\/\/ → ?(.*)$/

/**
 * The fenced examples among numbered lines. A fence opens with `opening` alone on its line.
 *
 * Lines of a docstring still carry their leading star; `strip` takes it away.
 */
function fenced(lines: string[], path: string, opening: RegExp, strip: (line: string) => string): Example[] {
  const examples: Example[] = []
  let start = -1
  for (const [index, raw] of lines.entries()) {
    const line = strip(raw).trim()
    if (start < 0 && opening.test(line)) start = index + 1
    else if (start >= 0 && line === '```') {
      const code = lines.slice(start, index).map(strip)
      const expected = code.flatMap((text) => ARROW.exec(text)?.[1]?.trimEnd() ?? [])
      examples.push({ place: `${path}:${start + 1}`, code: code.join('\n'), expected })
      start = -1
    }
  }
  if (start >= 0) throw new Error(`${path}:${start}: the example has no closing fence`)
  return examples
}

/** The examples of a source file: every ```ts fence inside a docstring. */
export function docstringExamples(source: string, path: string): Example[] {
  // Lines outside docstrings become empty, so that line numbers stay and template strings cannot open a fence.
  let inside = false
  const lines = source.split('\n').map((line) => {
    const opens = /^\s*\/\*\*/.test(line)
    const kept = inside || opens ? line : ''
    inside = (inside || opens) && !line.includes('*/')
    return kept
  })
  return fenced(lines, path, /^```ts$/, (line) => line.replace(/^\s*\* ?/, ''))
}

/** The examples of a page: every fence that opens with ```ts run. */
export function pageExamples(source: string, path: string): Example[] {
  return fenced(source.split('\n'), path, /^```ts run$/, (line) => line)
}

/** All files with this ending below a folder, sorted. */
function filesBelow(folder: string, ending: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = files
    .filter((file) => file.isFile() && file.name.endsWith(ending))
    .map((file) => join(file.parentPath, file.name))
  return paths.filter((path) => !path.includes('node_modules')).sort()
}

/** Every example of the sources, the README and the docs. */
export function allExamples(root: string): Example[] {
  const from = (path: string): [string, string] => [
    readFileSync(path, 'utf8'),
    relative(root, path).replaceAll('\\', '/'),
  ]
  const pages = [join(root, 'README.md'), join(root, 'CONTRIBUTING.md'), ...filesBelow(join(root, 'docs'), '.md')]
  return [
    ...filesBelow(join(root, 'packages/neurite/src'), '.ts').flatMap((path) => docstringExamples(...from(path))),
    ...pages.flatMap((path) => pageExamples(...from(path))),
  ]
}

/** Says how the logged text differs from what the example promises, or undefined where it does not. */
export function mismatch(example: Example, logged: readonly string[]): string | undefined {
  if (example.expected.length === 0) return `${example.place}: the example shows no result; log one and add \`// → \``
  const actual = logged.flatMap((text) => text.split('\n')).map((line) => line.trimEnd())
  if (actual.join('\n') === example.expected.join('\n')) return undefined
  const show = (lines: readonly string[]): string => lines.map((line) => `    ${line}`).join('\n')
  return `${example.place} promises\n${show(example.expected)}\nbut logs\n${show(actual)}`
}
