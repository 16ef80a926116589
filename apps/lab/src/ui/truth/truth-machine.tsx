import '../../theme/neuron.css'
import '../../theme/truth-machine.css'
import type { JSX } from 'preact'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { usePage } from '../context.ts'
import { Panel } from '../panel.tsx'
import { LastLook } from './last-look.tsx'
import { Loop } from './loop.tsx'
import { UnitGraph } from './unit-graph.tsx'

/** The neuron, what its last step did, and the way that its weights have taken. */
export function TruthMachine({ frame }: { readonly frame: TruthFrame }): JSX.Element {
  const { messages } = usePage()
  return (
    <Panel id="machine" title={messages.panels.machine}>
      <UnitGraph frame={frame} />
      <LastLook frame={frame} />
      <Loop frame={frame} />
    </Panel>
  )
}
