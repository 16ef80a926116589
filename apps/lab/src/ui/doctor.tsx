import type { JSX } from 'preact'
import type { SpecChange } from '../core/chapter/define-chapter.ts'
import type { Finding, FindingKind } from '../core/doctor/doctor.ts'
import type { RunSpec } from '../core/run/spec.ts'
import { AND } from '../core/truth.ts'
import { useNumbers, usePage } from './context.ts'
import { useLaterWords } from './later-part.tsx'
import { unitNames } from './unit-names.ts'

/** What the doctor offers to try for each finding. */
function remedy(kind: FindingKind, spec: RunSpec): SpecChange {
  switch (kind) {
    case 'nonFinite':
    case 'divergence':
      return { learningRate: spec.optimiser.learningRate / 10 }
    case 'noLine':
      return { data: { table: AND } }
    case 'gap':
      return { data: { samples: Math.min(2000, spec.data.samples * 4) } }
    default:
      return { seed: spec.seed + 1 }
  }
}

/** What is wrong with the run, why, and what to try. */
export function Doctor({ findings }: { readonly findings: readonly Finding[] }): JSX.Element {
  const { lab } = usePage()
  const print = useNumbers()
  const { doctor } = useLaterWords()
  if (findings.length === 0) return <p class="note">{doctor.healthy}</p>
  return (
    <ul class="findings">
      {findings.map(({ kind, units, values }) => {
        const shown = Object.fromEntries(
          Object.entries({ ...values, units: unitNames(units) }).map(([name, value]) => [
            name,
            typeof value === 'number' && name !== 'step' ? print(value) : value,
          ]),
        )
        return (
          <li key={kind} data-finding={kind}>
            <strong>{doctor.names[kind]}</strong>
            <p>{doctor.why[kind](shown)}</p>
            <p>
              {doctor.try[kind]}.{' '}
              <button type="button" onClick={() => void lab.change(remedy(kind, lab.run.value.spec))}>
                {doctor.do}
              </button>
            </p>
          </li>
        )
      })}
    </ul>
  )
}
