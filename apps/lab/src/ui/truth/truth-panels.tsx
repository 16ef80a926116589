import type { JSX } from 'preact'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { usePage } from '../context.ts'
import { LaterPanels } from '../later-panels.tsx'
import { useLaterWords } from '../later-part.tsx'
import { Panel } from '../panel.tsx'
import { Lifted } from './lifted.tsx'
import { TruthCompare } from './truth-compare.tsx'

/** What is loaded when the story reaches it, or when a number needs the doctor. */
export function TruthPanels({ frame }: { readonly frame: TruthFrame }): JSX.Element {
  const { lab } = usePage()
  const { panels: titles, truth } = useLaterWords()
  const { lifted } = truth
  const { panels } = lab.revealed.value
  const isBroken = frame.findings.some(({ kind }) => kind === 'nonFinite')
  return (
    <LaterPanels frame={frame} showsDoctor={panels.has('doctor') || isBroken}>
      {panels.has('compare') && (
        <Panel id="compare" title={titles.compare}>
          <TruthCompare />
        </Panel>
      )}
      {lab.revealed.value.controls.has('feature') && (
        <Panel id="folded" title={lifted.title}>
          <Lifted frame={frame} />
        </Panel>
      )}
    </LaterPanels>
  )
}
