import type { JSX } from 'preact'
import { FEATURES, TURNS } from '../../core/run/spec.ts'
import { NAMED_TABLES, patternOf, tableName } from '../../core/truth.ts'
import { usePage } from '../context.ts'
import { Choice, Controls } from '../controls.tsx'
import { useLaterWords } from '../later-part.tsx'

const ANGLES: readonly number[] = Object.keys(TURNS).map(Number)

/** Which table, how it is turned, and what else the neuron is told; as far as the story has brought it in. */
export function TruthControls(): JSX.Element {
  const { lab } = usePage()
  const { controls: words } = useLaterWords().truth
  const { data, model } = lab.run.value.spec
  const { controls } = lab.revealed.value
  return (
    <>
      <div class="controls" role="group" aria-label={words.table}>
        <Choice
          name={words.table}
          explanation={words.explanations.table}
          options={NAMED_TABLES.map(([, table]) => table)}
          value={data.table ?? 0}
          print={(table) => tableName(table) ?? words.own(patternOf(table))}
          onChoose={(table) => void lab.change({ data: { table } })}
        />
        {controls.has('turn') && (
          <Choice
            name={words.turn}
            explanation={words.explanations.turn}
            options={ANGLES}
            value={data.turn ?? 0}
            print={words.degrees}
            onChoose={(turn) => void lab.change({ data: { turn } })}
          />
        )}
        {controls.has('feature') && (
          <Choice
            name={words.feature}
            explanation={words.explanations.feature}
            options={FEATURES}
            value={model.feature ?? 'none'}
            print={(feature) => words.features[feature]}
            onChoose={(feature) => void lab.change({ feature })}
          />
        )}
      </div>
      <Controls />
    </>
  )
}
