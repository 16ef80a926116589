import '../../theme/line.css'
import '../../theme/neuron.css'
import type { JSX } from 'preact'
import type { PanelId } from '../../core/chapter/define-chapter.ts'
import { usePage } from '../context.ts'
import { LaterControls } from '../later-controls.tsx'
import { LaterPart } from '../later-part.tsx'
import { Panel } from '../panel.tsx'
import { Knobs } from './knobs.tsx'
import { NeuronGraph } from './neuron-graph.tsx'
import { NeuronJudge } from './neuron-judge.tsx'
import { NeuronTwin } from './neuron-twin.tsx'
import { SumBars } from './sum-bars.tsx'

/** The bench of one neuron that is set by hand. */
export function NeuronBench(): JSX.Element {
  const { lab, messages } = usePage()
  const frame = lab.frame.value
  if (frame?.kind !== 'neuron') return <p class="note">{messages.waiting}</p>
  const { panels } = lab.revealed.value
  const has = (panel: PanelId): boolean => panels.has(panel)
  const isIll = frame.findings.length > 0
  return (
    <>
      <LaterControls />
      <div class={has('world') ? 'main-panels neuron-panels' : 'neuron-panels'}>
        <Panel id="machine" title={messages.panels.machine}>
          <NeuronGraph frame={frame} />
          <SumBars frame={frame} />
          <Knobs frame={frame} />
        </Panel>
        <LaterPart load={() => import('./neuron-world.tsx')} isWanted={has('world')}>
          {({ NeuronWorld }) => (
            <Panel id="world" title={messages.panels.world}>
              <NeuronWorld frame={frame} />
            </Panel>
          )}
        </LaterPart>
        {has('judge') && (
          <Panel id="judge" title={messages.panels.judge}>
            <NeuronJudge frame={frame} />
          </Panel>
        )}
      </div>
      <NeuronTwin frame={frame} />
      <LaterPart load={() => import('../later-panels.tsx')} isWanted={isIll || has('code')}>
        {({ LaterPanels }) => <LaterPanels frame={frame} showsDoctor={isIll} />}
      </LaterPart>
    </>
  )
}
