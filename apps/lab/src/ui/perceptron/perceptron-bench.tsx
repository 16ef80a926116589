import '../../theme/perceptron.css'
import type { JSX } from 'preact'
import type { PanelId } from '../../core/chapter/define-chapter.ts'
import { usePage } from '../context.ts'
import { Controls } from '../controls.tsx'
import { Later } from '../later.tsx'
import { Panel } from '../panel.tsx'
import { PerceptronJudge } from './perceptron-judge.tsx'
import { PerceptronTwin } from './perceptron-twin.tsx'
import { PerceptronWorld } from './perceptron-world.tsx'
import { PointEditor } from './point-editor.tsx'
import { WeightVector } from './weight-vector.tsx'

/** The bench of one unit that learns from its mistakes, example by example. */
export function PerceptronBench(): JSX.Element {
  const { lab, messages } = usePage()
  const frame = lab.frame.value
  if (frame?.kind !== 'perceptron') return <p class="note">{messages.waiting}</p>
  const { panels } = lab.revealed.value
  const has = (panel: PanelId): boolean => panels.has(panel)
  return (
    <>
      <Controls />
      <div class={has('machine') ? 'main-panels perceptron-panels' : 'perceptron-panels'}>
        <Panel id="world" title={messages.panels.world}>
          <PerceptronWorld frame={frame} />
          <PointEditor frame={frame} />
        </Panel>
        {has('machine') && (
          <Panel id="machine" title={messages.panels.machine}>
            <WeightVector frame={frame} />
          </Panel>
        )}
        {has('judge') && (
          <Panel id="judge" title={messages.panels.judge}>
            <PerceptronJudge frame={frame} />
          </Panel>
        )}
      </div>
      <PerceptronTwin frame={frame} />
      <Later load={() => import('../neuron/later-panels.tsx')} isWanted={frame.findings.length > 0 || has('code')}>
        {({ LaterPanels }) => <LaterPanels frame={frame} />}
      </Later>
    </>
  )
}
