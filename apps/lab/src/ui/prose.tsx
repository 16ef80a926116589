import type { ComponentChildren, JSX } from 'preact'

/** Prose with `*emphasis*` and backticks for code. */
export function Prose({ text }: { readonly text: string }): JSX.Element {
  return <p>{marked(text)}</p>
}

export function marked(text: string): ComponentChildren {
  return text.split(/(\*[^*]+\*|`[^`]+`)/).map((part, index) => {
    if (part.startsWith('*') && part.length > 1) return <em key={index}>{part.slice(1, -1)}</em>
    if (part.startsWith('`') && part.length > 1) return <code key={index}>{part.slice(1, -1)}</code>
    return part
  })
}
