import type { JSX } from 'preact'
import type { SurfaceFrame } from '../../core/protocol.ts'
import { sceneOf } from '../../core/surface.ts'
import { Compare, type CompareRow } from '../compare.tsx'
import { usePage, useNumbers, useShortNumbers } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'
import { LaterPanels } from '../later-panels.tsx'
import { Panel } from '../panel.tsx'

/** What is loaded when the story reaches it, or when the run needs the doctor. */
export function SurfaceLater({
  frame,
  showsDifference,
  onDifference,
}: {
  readonly frame: SurfaceFrame
  readonly showsDifference: boolean
  readonly onDifference: (shown: boolean) => void
}): JSX.Element {
  const { lab, messages } = usePage()
  const [print, short] = [useNumbers(), useShortNumbers()]
  const { panels } = lab.revealed.value
  const { judge } = messages
  const { controls, panels: titles, surface } = useLaterWords()
  const rows: readonly CompareRow[] = [
    [surface.sceneName, ({ data }) => surface.scenes[sceneOf(data)]],
    [controls.rate, ({ optimiser }) => short(optimiser.learningRate)],
    [surface.momentum, ({ optimiser }) => short(optimiser.momentum)],
    [controls.batch, ({ batch }) => (batch === 0 ? controls.wholeBatch : controls.examples(batch))],
    [judge.step, (_, seen) => String(seen?.step ?? '')],
    [judge.loss, (_, seen) => (seen === undefined ? '' : print(seen.loss, 4))],
    [
      messages.surface.settled,
      (_, seen) =>
        seen?.kind !== 'surface' ? '' : seen.settled === undefined ? messages.surface.notSettled : String(seen.settled),
    ],
  ]
  return (
    <LaterPanels frame={frame} showsDoctor={frame.findings.length > 0}>
      {panels.has('compare') && (
        <Panel id="compare" title={titles.compare}>
          <Compare rows={rows} difference={{ isShown: showsDifference, onShow: onDifference }} />
        </Panel>
      )}
    </LaterPanels>
  )
}
