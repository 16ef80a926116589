import '../../theme/surface.css'
import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { PanelId } from '../../core/chapter/define-chapter.ts'
import { usePage } from '../context.ts'
import { LaterPart } from '../later-part.tsx'
import { Panel } from '../panel.tsx'
import { LossMap } from './loss-map.tsx'
import { SurfaceJudge } from './surface-judge.tsx'
import { SurfaceTwin } from './surface-twin.tsx'

const LATER = ['compare', 'code'] as const
const CONTROLS = ['data', 'rate', 'batch', 'momentum'] as const

/** The bench of two numbers that go down the surface of their loss. */
export function SurfaceBench(): JSX.Element {
  const { lab, messages } = usePage()
  const [showsDifference, setDifference] = useState(false)
  const frame = lab.frame.value
  const pinned = lab.pinnedFrame.value?.kind === 'surface' ? lab.pinnedFrame.value : undefined
  const { panels, controls } = lab.revealed.value
  const isSurface = frame?.kind === 'surface'
  const difference = useMemo(() => {
    if (!showsDifference || !isSurface || pinned === undefined || pinned.surface.low !== frame.surface.low) {
      return undefined
    }
    return frame.surface.values.map((value, i) => value - pinned.surface.values[i]!)
  }, [showsDifference, isSurface ? frame.surface.key : '', pinned?.surface.key])
  if (!isSurface) return <p class="note">{messages.waiting}</p>
  const has = (panel: PanelId): boolean => panels.has(panel)
  return (
    <>
      <LaterPart
        load={() => import('./surface-controls.tsx')}
        isWanted={CONTROLS.some((control) => controls.has(control))}
      >
        {({ SurfaceControls }) => <SurfaceControls frame={frame} />}
      </LaterPart>
      <div class={has('machine') ? 'main-panels surface-panels' : 'main-panels surface-panels single'}>
        <Panel id="world" title={messages.surface.panels.world}>
          <LossMap frame={frame} pinned={pinned} difference={difference} />
        </Panel>
        {has('machine') && (
          <Panel id="machine" title={messages.surface.panels.machine}>
            <LaterPart load={() => import('./next-step.tsx')} isWanted>
              {({ NextStepPanel }) => <NextStepPanel frame={frame} />}
            </LaterPart>
          </Panel>
        )}
        <Panel id="judge" title={messages.panels.judge}>
          <SurfaceJudge frame={frame} pinned={pinned} />
        </Panel>
      </div>
      <SurfaceTwin frame={frame} />
      <LaterPart load={() => import('./surface-later.tsx')} isWanted={frame.findings.length > 0 || LATER.some(has)}>
        {({ SurfaceLater }) => (
          <SurfaceLater frame={frame} showsDifference={showsDifference} onDifference={setDifference} />
        )}
      </LaterPart>
    </>
  )
}
