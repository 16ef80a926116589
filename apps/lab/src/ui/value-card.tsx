import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { type Address, printAddress } from '../core/address.ts'
import type { Probe } from '../core/protocol.ts'
import { ChangeScale } from './change-scale.tsx'
import { useNumbers, usePage } from './context.ts'
import { useLaterWords } from './later-part.tsx'
import { nameOf } from './names.ts'
import { NumberField } from './number-field.tsx'
import { Value } from './value.tsx'

/** The card of one number: where it comes from, what the loss makes of it, and how to change it. */
export function ValueCard(): JSX.Element | null {
  const { lab, messages } = usePage()
  const { card: words } = useLaterWords()
  const card = useRef<HTMLElement>(null)
  const selection = lab.selection.value
  const probe = lab.probe.value
  const key = selection === undefined ? '' : printAddress(selection)
  // Before the next picture is painted: a key pressed at once finds the focus where it belongs.
  useLayoutEffect(() => {
    const opened = card.current
    if (opened === null) return undefined
    const from = document.activeElement
    opened.focus({ preventScroll: true })
    // Back to where the visitor was, unless they went elsewhere by themselves.
    return () => {
      const now = document.activeElement
      if (now !== null && now !== document.body && !opened.contains(now)) return
      if ((from instanceof HTMLElement || from instanceof SVGElement) && from.isConnected) {
        from.focus({ preventScroll: true })
      }
    }
  }, [key])
  if (selection === undefined) return null
  const { layers } = lab.run.value.spec.model
  const close = (): void => void lab.select(undefined)
  return (
    <section
      ref={card}
      class="card"
      tabIndex={-1}
      aria-label={words.title}
      data-card={key}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
        event.stopPropagation()
      }}
    >
      <header>
        <h3>{nameOf(selection, layers, messages)}</h3>
        <button type="button" class="small" aria-label={messages.close} onClick={close}>
          ✕
        </button>
      </header>
      {probe !== undefined && printAddress(probe.address) === key && (
        <CardBody address={selection} probe={probe} layers={layers} />
      )}
    </section>
  )
}

function CardBody({
  address,
  probe,
  layers,
}: {
  readonly address: Address
  readonly probe: Probe
  readonly layers: readonly number[]
}): JSX.Element {
  const { lab, messages } = usePage()
  const print = useNumbers()
  const { card } = useLaterWords()
  const whatIf = lab.whatIf.value
  return (
    <>
      <p class="card-value">
        {card.value} <strong>{print(probe.value, 4)}</strong>
        {'example' in address && <> {card.forExample(address.example + 1)}</>}
      </p>
      {address.kind === 'loss' && <p>{messages.lossFormula}</p>}
      {probe.terms.length > 0 && <Sum probe={probe} layers={layers} />}
      {probe.isFlat && <p>{card.flat}</p>}
      {probe.gradient !== undefined && !(address.kind === 'parameter' && lab.blanks.value.has(address.path)) && (
        <p class="card-gradient">
          {messages.card.gradient} <strong>{print(probe.gradient, 4)}</strong>
          <br />
          <span class="note">{card.gradientMeaning(print(probe.gradient))}</span>
        </p>
      )}
      {address.kind === 'parameter' && (
        <NumberField
          label={card.change}
          value={probe.value}
          by={0.1}
          onChange={(value) => void lab.editParameter(address.path, address.index, value)}
        />
      )}
      {whatIf !== undefined && address.kind === 'parameter' && (
        <div class="what-if" role="status">
          <ChangeScale
            predicted={whatIf.predicted}
            actual={whatIf.actual}
            label={`${card.predicted}: ${print(whatIf.predicted)}; ${card.actual}: ${print(whatIf.actual)}`}
          />
          <p>
            <span aria-hidden="true">○</span> {card.predicted} <strong data-predicted>{print(whatIf.predicted)}</strong>
            <br />
            <span class="note">
              {card.predictedHow(
                print(whatIf.to === whatIf.from ? 0 : whatIf.predicted / (whatIf.to - whatIf.from)),
                print(whatIf.to - whatIf.from),
              )}
            </span>
          </p>
          <p>
            <span aria-hidden="true">●</span> {card.actual} <strong data-actual>{print(whatIf.actual)}</strong>
          </p>
        </div>
      )}
      {address.kind === 'activation' && address.layer < layers.length && (
        <UnitSwitches layer={address.layer} unit={address.unit} />
      )}
    </>
  )
}

/** A weighted sum, term by term; each part can be opened. */
function Sum({ probe, layers }: { readonly probe: Probe; readonly layers: readonly number[] }): JSX.Element {
  const { messages } = usePage()
  const print = useNumbers()
  const { formula } = useLaterWords().card
  const name = (address: Address): string => nameOf(address, layers, messages)
  return (
    <div class="sum">
      <p>{formula}</p>
      <table>
        <tbody>
          {probe.terms.map(({ weight, source, product }, i) => (
            <tr key={printAddress(weight)}>
              <td>
                <Value address={source} value={probe.termValues[i]!.source} name={name(source)} />
              </td>
              <td>×</td>
              <td>
                <Value address={weight} value={probe.termValues[i]!.weight} name={name(weight)} />
              </td>
              <td>=</td>
              <td class="number">{print(product)}</td>
            </tr>
          ))}
          {probe.bias !== undefined && (
            <tr>
              <td />
              <td>+</td>
              <td>
                <Value address={probe.bias.address} value={probe.bias.value} name={name(probe.bias.address)} />
              </td>
              <td>=</td>
              <td class="number">{print(probe.bias.value)}</td>
            </tr>
          )}
          <tr class="total">
            <td colSpan={4}>Σ</td>
            <td class="number">{print(probe.sum ?? probe.value, 4)}</td>
          </tr>
          {probe.activation !== undefined && (
            <tr>
              <td colSpan={4}>
                {messages.controls.activationNames[probe.activation as 'tanh']}({print(probe.sum ?? 0)}
                {probe.threshold !== undefined && ` − ${print(probe.threshold)}`})
              </td>
              <td class="number">{print(probe.value, 4)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}

function UnitSwitches({ layer, unit }: { readonly layer: number; readonly unit: number }): JSX.Element | null {
  const { lab } = usePage()
  const print = useNumbers()
  const { card } = useLaterWords()
  const frame = lab.frame.value
  if (frame?.kind !== 'plane' || !lab.revealed.value.controls.has('unitSwitches')) return null
  const name = `${layer}.${unit}`
  const isFrozen = frame.frozen.includes(name)
  const by = frame.importance[layer]?.[unit]
  return (
    <div class="unit-switches">
      {by !== undefined && (
        <p>
          {card.importance}: <strong>{print(frame.loss + by, 4)}</strong>
        </p>
      )}
      <button
        type="button"
        disabled={frame.silenced.includes(name)}
        onClick={() => void lab.edit({ kind: 'off', path: name, value: 1 })}
      >
        {card.off}
      </button>
      <button type="button" onClick={() => void lab.edit({ kind: 'freeze', path: name, value: isFrozen ? 0 : 1 })}>
        {isFrozen ? card.unfreeze : card.freeze}
      </button>
    </div>
  )
}
