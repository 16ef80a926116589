import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { PanelId } from '../../core/chapter/define-chapter.ts'
import { usePage } from '../context.ts'
import { LaterControls } from '../later-controls.tsx'
import { LaterPart } from '../later-part.tsx'
import { Panel } from '../panel.tsx'
import { Judge } from './judge.tsx'
import { PlaneTwin } from './plane-twin.tsx'
import { World } from './world.tsx'

/** Panels that the story brings in after its first parts. */
const LATER = ['doctor', 'folded', 'compare', 'code'] as const

/** World, machine and judge of a network that divides the plane; each chapter brings in what it needs. */
export function PlaneBench(): JSX.Element {
  const { lab, messages } = usePage()
  const [showsDifference, setDifference] = useState(false)
  const frame = lab.frame.value
  const pinned = lab.pinnedFrame.value
  const { panels } = lab.revealed.value
  const difference = useMemo(() => {
    if (!showsDifference || frame?.kind !== 'plane' || pinned?.kind !== 'plane') return undefined
    return frame.surface.values.map((value, i) => value - pinned.surface.values[i]!)
  }, [showsDifference, frame, pinned])
  if (frame?.kind !== 'plane') return <p class="note">{messages.waiting}</p>
  const has = (panel: PanelId): boolean => panels.has(panel)
  const selection = lab.selection.value
  const highlight = selection?.kind === 'activation' && selection.layer === 0 ? selection.unit : undefined
  return (
    <>
      <LaterControls />
      <div class={has('machine') ? 'main-panels' : 'main-panels single'}>
        <Panel id="world" title={messages.panels.world}>
          <World frame={frame} surface={difference} highlight={highlight} />
        </Panel>
        <LaterPart load={() => import('./machine.tsx')} isWanted={has('machine')}>
          {({ Machine }) => (
            <Panel id="machine" title={messages.panels.machine}>
              <Machine frame={frame} />
            </Panel>
          )}
        </LaterPart>
        <Panel id="judge" title={messages.panels.judge}>
          <Judge frame={frame} />
        </Panel>
      </div>
      <PlaneTwin frame={frame} />
      <LaterPart load={() => import('./plane-later.tsx')} isWanted={LATER.some(has)}>
        {({ PlaneLater }) => (
          <PlaneLater frame={frame} showsDifference={showsDifference} onDifference={setDifference} />
        )}
      </LaterPart>
    </>
  )
}
