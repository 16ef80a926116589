import '../../theme/line.css'
import '../../theme/perceptron.css'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { PanelId } from '../../core/chapter/define-chapter.ts'
import { usePage } from '../context.ts'
import { LaterControls } from '../later-controls.tsx'
import { LaterPart } from '../later-part.tsx'
import { Panel } from '../panel.tsx'
import { PerceptronTwin } from './perceptron-twin.tsx'
import { PerceptronWorld } from './perceptron-world.tsx'
import type { Tap } from './points.ts'

const LATER = ['compare', 'code'] as const

/** The bench of one unit that learns from its mistakes, example by example. */
export function PerceptronBench(): JSX.Element {
  const { lab, messages } = usePage()
  const [tap, setTap] = useState<Tap>('move')
  const frame = lab.frame.value
  if (frame?.kind !== 'perceptron') return <p class="note">{messages.waiting}</p>
  const pinned = lab.pinnedFrame.value?.kind === 'perceptron' ? lab.pinnedFrame.value : undefined
  const { panels, controls } = lab.revealed.value
  const canPlace = controls.has('points')
  const has = (panel: PanelId): boolean => panels.has(panel)
  const isIll = frame.findings.length > 0
  return (
    <>
      <LaterControls />
      <div class={`perceptron-panels${has('machine') ? ' main-panels' : ''}${canPlace ? ' placing' : ''}`}>
        <Panel id="world" title={messages.panels.world}>
          <PerceptronWorld frame={frame} canPlace={canPlace} tap={tap} />
        </Panel>
        <LaterPart load={() => import('./point-editor.tsx')} isWanted={canPlace}>
          {({ PointEditor }) => (
            <Panel id="points" title={messages.perceptron.points}>
              <PointEditor frame={frame} tap={tap} onTap={setTap} />
            </Panel>
          )}
        </LaterPart>
        <LaterPart load={() => import('./weight-vector.tsx')} isWanted={has('machine')}>
          {({ WeightVector }) => (
            <Panel id="machine" title={messages.panels.machine}>
              <WeightVector frame={frame} />
            </Panel>
          )}
        </LaterPart>
        <LaterPart load={() => import('./perceptron-judge.tsx')} isWanted={has('judge')}>
          {({ PerceptronJudge }) => (
            <Panel id="judge" title={messages.panels.judge}>
              <PerceptronJudge frame={frame} pinned={pinned} />
            </Panel>
          )}
        </LaterPart>
      </div>
      <PerceptronTwin frame={frame} />
      <LaterPart load={() => import('./perceptron-later.tsx')} isWanted={isIll || LATER.some(has)}>
        {({ PerceptronLater }) => <PerceptronLater frame={frame} />}
      </LaterPart>
    </>
  )
}
