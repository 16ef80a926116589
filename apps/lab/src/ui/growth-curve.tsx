import type { JSX } from 'preact'
import { type Growth, growthPath } from '../draw/growth.ts'
import { useLaterWords } from './later-part.tsx'

const WIDTH = 300
const HEIGHT = 90

/** How the corrections of two runs have added up. */
export function GrowthCurve({ a, b }: { readonly a: Growth; readonly b: Growth }): JSX.Element {
  const { compare } = useLaterWords()
  const steps = Math.max(1, a.until, b.until)
  const axes = { steps, most: Math.max(1, a.total, b.total) * 1.05, width: WIDTH, height: HEIGHT }
  return (
    <figure class="curve" data-growth={`${a.total} ${b.total}`}>
      <svg
        viewBox={`-1 -3 ${WIDTH + 2} ${HEIGHT + 6}`}
        role="img"
        aria-label={compare.corrections({ a: a.total, b: b.total, steps })}
        preserveAspectRatio="none"
      >
        <path class="axis" d={`M0 0V${HEIGHT}H${WIDTH}`} />
        <path class="curve-pinned" d={growthPath(b, axes)} />
        <path class="curve-train" d={growthPath(a, axes)} />
      </svg>
      <figcaption aria-hidden="true">
        <span class="key-train">{compare.correctionsOf[0]}</span>
        <span class="key-pinned"> {compare.correctionsOf[1]}</span>
      </figcaption>
    </figure>
  )
}
