import type { ComponentChildren, JSX } from 'preact'

/** A part of the bench with its name above it. */
export function Panel({
  id,
  title,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <section class={`panel panel-${id}`} aria-labelledby={`panel-${id}`} data-panel={id}>
      <h2 id={`panel-${id}`} class="panel-title">
        {title}
      </h2>
      {children}
    </section>
  )
}
