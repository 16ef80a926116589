import type { JSX } from 'preact'
import type { PassFrame } from '../../core/protocol.ts'
import { Compare, type CompareRow } from '../compare.tsx'
import { useNumbers, usePage, useShortNumbers } from '../context.ts'
import { LaterPanels } from '../later-panels.tsx'
import { useLaterWords } from '../later-part.tsx'
import { Panel } from '../panel.tsx'

/** What is loaded when the story reaches it. */
export function PassLater({ frame }: { readonly frame: PassFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const [print, short] = [useNumbers(), useShortNumbers()]
  const { panels } = lab.revealed.value
  const { controls, panels: titles } = useLaterWords()
  const rows: readonly CompareRow[] = [
    [controls.rate, ({ optimiser }) => short(optimiser.learningRate)],
    [messages.judge.step, (_, seen) => String(seen?.step ?? '')],
    [messages.judge.loss, (_, seen) => (seen === undefined ? '' : print(seen.loss, 4))],
  ]
  return (
    <LaterPanels frame={frame} showsDoctor={panels.has('doctor')}>
      {panels.has('compare') && (
        <Panel id="compare" title={titles.compare}>
          <Compare rows={rows} />
        </Panel>
      )}
    </LaterPanels>
  )
}
