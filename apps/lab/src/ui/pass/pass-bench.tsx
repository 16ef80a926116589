import '../../theme/pass.css'
import type { JSX } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import type { PassFrame } from '../../core/protocol.ts'
import { GIVENS, knownGradients, knownValues, passAt, PASS_LENGTH, WEIGHTS } from '../../core/scalar-graph.ts'
import type { PageMessages } from '../../locales/messages.ts'
import { usePage, useNumbers } from '../context.ts'
import { Curve } from '../curve.tsx'
import { LaterControls } from '../later-controls.tsx'
import { LaterPart } from '../later-part.tsx'
import { NumberField } from '../number-field.tsx'
import { Panel } from '../panel.tsx'
import { shown } from '../shown.ts'
import { Twin, TwinWords } from '../twin.tsx'
import { Value } from '../value.tsx'
import { blanksOf } from './blanks.ts'
import { isChangeable, PassGraph } from './pass-graph.tsx'
import { Stepper } from './stepper.tsx'

const LATER = ['doctor', 'compare', 'code'] as const

/** The bench of a network that is shown one operation at a time. */
export function PassBench(): JSX.Element {
  const { lab, messages } = usePage()
  const print = useNumbers()
  const frame = lab.frame.value
  const { spec } = lab.run.value
  const { head } = lab.run.value
  // Before the picture is painted: no answer shows through for a moment.
  useLayoutEffect(() => {
    lab.blanks.value = blanksOf(lab.run.value)
  }, [spec, head > 0])
  if (frame?.kind !== 'pass') return <p class="note">{messages.waiting}</p>
  const hidden = lab.blanks.value
  const fill = (filled: string): void => {
    lab.blanks.value = new Set([...hidden].filter((name) => name !== filled))
  }
  const { panels } = lab.revealed.value
  const select = (name: string): void => {
    if (isChangeable(name)) void lab.select({ kind: 'parameter', path: name, index: 0 })
    else if (GIVENS.some((given) => given === name))
      void lab.select({ kind: 'input', index: GIVENS.indexOf(name as 'x1'), example: 0 })
    else lab.operation.value = placeOf(name, lab.operation.value)
  }
  return (
    <>
      <LaterControls />
      <div class="pass-panels">
        <Panel id="machine" title={messages.panels.machine}>
          <PassGraph frame={frame} position={lab.operation.value} hidden={hidden} onSelect={select} />
          <Stepper frame={frame} hidden={hidden} onFilled={fill} />
        </Panel>
        <Panel id="world" title={messages.panels.world}>
          <Example frame={frame} />
        </Panel>
        {panels.has('judge') && (
          <Panel id="judge" title={messages.panels.judge}>
            <p class="reading">
              {messages.judge.loss}{' '}
              <Value address={{ kind: 'loss' }} value={frame.loss} name={messages.judge.loss} digits={4} />
            </p>
            <Curve curve={frame.curve} pinned={lab.pinnedFrame.value?.curve} />
            <NudgeTable frame={frame} hidden={hidden} />
          </Panel>
        )}
      </div>
      <Twin>
        <TwinWords lines={passTwin(frame, lab.operation.value, hidden, messages, print)} />
      </Twin>
      <LaterPart load={() => import('./pass-later.tsx')} isWanted={LATER.some((panel) => panels.has(panel))}>
        {({ PassLater }) => <PassLater frame={frame} />}
      </LaterPart>
    </>
  )
}

/** Where an operation is under way: in the direction in which the visitor is going. */
function placeOf(name: string, position: number): number {
  for (let at = position <= PASS_LENGTH / 2 ? 1 : PASS_LENGTH / 2 + 1; at <= PASS_LENGTH; at++) {
    if (passAt(at)?.operation.name === name) return at
  }
  return position
}

function Example({ frame }: { readonly frame: PassFrame }): JSX.Element {
  const { lab } = usePage()
  const values = [...frame.example.inputs, frame.example.target]
  return (
    <div class="example-fields">
      {GIVENS.map((name, index) => (
        <NumberField
          key={name}
          label={shown(name)}
          value={values[index]!}
          by={0.1}
          onChange={(value) =>
            void lab.edit({ kind: 'point', path: index === 2 ? 'label[0]' : `input[${index}]`, value })
          }
        />
      ))}
    </div>
  )
}

/** All nine gradients twice: by the sweep, and by nudging. */
function NudgeTable({
  frame,
  hidden,
}: {
  readonly frame: PassFrame
  readonly hidden: ReadonlySet<string>
}): JSX.Element {
  const { messages } = usePage()
  const print = useNumbers()
  const { pass, table } = messages
  const isBlank = hidden.size > 0
  return (
    <div class="nudge-table" tabIndex={0} role="group" aria-label={pass.nudged}>
      <table>
        <thead>
          <tr>
            <th scope="col">{table.what}</th>
            <th scope="col">{table.value}</th>
            <th scope="col">{table.slope}</th>
            <th scope="col">{pass.nudged}</th>
          </tr>
        </thead>
        <tbody>
          {WEIGHTS.map((name) => {
            const parameter = frame.parameters.find(({ path }) => path === name)!
            return (
              <tr key={name}>
                <th scope="row">{shown(name)}</th>
                <td>
                  <Value
                    address={{ kind: 'parameter', path: name, index: 0 }}
                    value={parameter.values[0]!}
                    name={shown(name)}
                  />
                </td>
                <td>{isBlank ? '?' : print(parameter.gradient?.[0] ?? 0, 6)}</td>
                <td>{isBlank ? '?' : print(frame.nudged[name]!, 6)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** The pass in words, as far as it is shown. */
function passTwin(
  frame: PassFrame,
  position: number,
  hidden: ReadonlySet<string>,
  messages: PageMessages,
  print: (value: number) => string,
): string[] {
  const values = knownValues(position)
  const gradients = knownGradients(position)
  const known = frame.operations.filter(({ name, operation }) => operation !== 'given' && values.has(name))
  const lines = [messages.transport.operation(position, PASS_LENGTH)]
  lines.push(
    frame.operations
      .filter(({ operation }) => operation === 'given')
      .map(({ name, value }) => `${shown(name)} = ${print(value)}`)
      .join(', '),
  )
  if (known.length > 0) lines.push(known.map(({ name, value }) => `${shown(name)} = ${print(value)}`).join(', '))
  const blamed = frame.operations.filter(({ name }) => gradients.has(name))
  if (blamed.length > 0) {
    lines.push(
      blamed
        .map(({ name, gradient }) => `∂L/∂${shown(name)} = ${hidden.has(name) ? '?' : print(gradient ?? 0)}`)
        .join(', '),
    )
  }
  return lines
}
