import '../../theme/line.css'
import '../../theme/truth.css'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { PanelId } from '../../core/chapter/define-chapter.ts'
import { printElement } from '../../core/address.ts'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { usePage } from '../context.ts'
import { Knob } from '../knob.tsx'
import { LaterPart } from '../later-part.tsx'
import { Panel } from '../panel.tsx'
import { TruthJudge } from './truth-judge.tsx'
import { TruthTable } from './truth-table.tsx'
import { TruthWorld } from './truth-world.tsx'
import { addressOf, numberName } from './unit-numbers.ts'
import { useTruth } from './use-truth.ts'

/** Sliders end here, unless a number lies further out. */
const REACH = 3

const LATER = ['doctor', 'folded', 'compare', 'code'] as const

/** The bench of one neuron on the rows of a truth table. */
export function TruthBench(): JSX.Element {
  const { lab, messages } = usePage()
  const frame = lab.frame.value
  if (frame?.kind !== 'truth') return <p class="note">{messages.waiting}</p>
  const { panels, controls } = lab.revealed.value
  const has = (panel: PanelId): boolean => panels.has(panel)
  return (
    <>
      <LaterPart load={() => import('./truth-controls.tsx')} isWanted={controls.has('table')}>
        {({ TruthControls }) => <TruthControls />}
      </LaterPart>
      <div class={has('machine') ? 'main-panels truth-panels' : 'main-panels truth-panels single'}>
        <Panel id="world" title={messages.panels.world}>
          <TruthWorld frame={frame} />
          <TruthTable frame={frame} />
          <Numbers frame={frame} />
        </Panel>
        {has('machine') && (
          <LaterPart load={() => import('./truth-machine.tsx')} isWanted>
            {({ TruthMachine }) => <TruthMachine frame={frame} />}
          </LaterPart>
        )}
        <Panel id="judge" title={messages.panels.judge}>
          <TruthJudge frame={frame} />
        </Panel>
      </div>
      <Twin frame={frame} />
      <LaterPart load={() => import('./truth-panels.tsx')} isWanted={frame.findings.length > 0 || LATER.some(has)}>
        {({ TruthPanels }) => <TruthPanels frame={frame} />}
      </LaterPart>
    </>
  )
}

/** A field and a slider for each number of the neuron. */
function Numbers({ frame: { weights } }: { readonly frame: TruthFrame }): JSX.Element {
  const words = useTruth()
  return (
    <div role="group" aria-label={words.numbers} class="truth-knobs">
      {weights.map((value, i) => {
        const { path, index } = addressOf(i, weights.length)
        return (
          <Knob
            key={i}
            label={numberName(i, weights.length)}
            kind="set"
            path={printElement(path, index)}
            value={value}
            low={-REACH}
            high={REACH}
            by={0.25}
          />
        )
      })}
    </div>
  )
}

/** The same in words, fetched when somebody wants to read them. */
function Twin({ frame }: { readonly frame: TruthFrame }): JSX.Element {
  const { messages } = usePage()
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{messages.twin.name}</summary>
      <LaterPart load={() => import('./truth-twin.tsx')} isWanted={isOpen}>
        {({ TruthTwin }) => <TruthTwin frame={frame} />}
      </LaterPart>
    </details>
  )
}
