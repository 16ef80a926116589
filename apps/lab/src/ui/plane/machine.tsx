import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Address } from '../../core/address.ts'
import { biasPath, weightPath } from '../../core/run/unit-elements.ts'
import type { PlaneFrame } from '../../core/protocol.ts'
import {
  NETWORK_HEIGHT,
  NETWORK_WIDTH,
  networkLayout,
  type NeuronPlace,
  wirePath,
  wireWidth,
} from '../../draw/network-layout.ts'
import { drawSurface, surfacePixels } from '../../draw/surface.ts'
import { useNumbers, usePage } from '../context.ts'
import { useCanvas } from '../use-canvas.ts'
import { palette } from '../use-palette.ts'
import { FULL_OUTPUT } from './world.tsx'

const NUDGE = 0.1

/** The network: a small picture in each neuron shows where it is positive and where negative. */
export function Machine({ frame }: { readonly frame: PlaneFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const print = useNumbers()
  const { layers } = lab.run.value.spec.model
  const columns = networkLayout(sizesOf(frame))
  const colours = palette()
  const focused = useRef({ column: 1, unit: 0 })
  const [, redraw] = useState(0)
  const nodes = useRef(new Map<string, SVGGElement>())
  const canvas = useCanvas(
    (context) => {
      context.clearRect(0, 0, NETWORK_WIDTH * 2, NETWORK_HEIGHT * 2)
      for (const place of columns.slice(1).flat()) drawUnit(context, frame, place, colours)
    },
    [frame, colours],
  )
  const selection = lab.selection.value
  const chosen = selection?.kind === 'activation' ? selection : undefined
  const example = lab.example.value
  const addressOf = ({ layer, unit }: NeuronPlace): Address =>
    layer < 0 ? { kind: 'input', index: unit, example } : { kind: 'activation', layer, unit, example }
  const nameOf = ({ layer, unit }: NeuronPlace): string => {
    if (layer < 0) return messages.card.input(unit + 1)
    return layer === layers.length ? messages.card.output : messages.card.unit(layer + 1, unit + 1)
  }
  const move = (column: number, unit: number): void => {
    const to = columns[Math.max(0, Math.min(columns.length - 1, column))]!
    const place = to[Math.max(0, Math.min(to.length - 1, unit))]!
    focused.current = { column: place.layer + 1, unit: place.unit }
    redraw((n) => n + 1)
    nodes.current.get(`${place.layer}.${place.unit}`)?.focus()
  }
  const onKey = (event: KeyboardEvent, { layer, unit }: NeuronPlace): void => {
    const by = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key]
    if (by !== undefined) move(layer + 1 + by[0]!, unit + by[1]!)
    else if (event.key === 'Enter') void lab.select(addressOf({ layer, unit } as NeuronPlace))
    else if ((event.key === '+' || event.key === '-') && layer >= 0) {
      const bias = frame.parameters.find(({ path }) => path === biasPath(layer))!.values[unit]!
      void lab.editParameter(biasPath(layer), unit, bias + (event.key === '+' ? NUDGE : -NUDGE))
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const current = columns[focused.current.column]?.[focused.current.unit] ?? columns[1]![0]!
  return (
    <div class="machine">
      <canvas ref={canvas} width={NETWORK_WIDTH * 2} height={NETWORK_HEIGHT * 2} aria-hidden="true" />
      <svg viewBox={`0 0 ${NETWORK_WIDTH} ${NETWORK_HEIGHT}`} role="group" aria-label={messages.panels.machine}>
        <g>{columns.slice(1).flatMap((column, i) => column.map((to) => wires(frame, columns[i]!, to, chosen)))}</g>
        {columns.flat().map((place) => (
          <g
            key={`${place.layer}.${place.unit}`}
            ref={(node: SVGGElement | null) => {
              if (node === null) nodes.current.delete(`${place.layer}.${place.unit}`)
              else nodes.current.set(`${place.layer}.${place.unit}`, node)
            }}
            class={neuronClass(frame, place, chosen)}
            role="button"
            tabindex={place === current ? 0 : -1}
            aria-label={labelOf(frame, place, nameOf(place), example, print)}
            data-neuron={`${place.layer}.${place.unit}`}
            onClick={() => void lab.select(addressOf(place))}
            onKeyDown={(event) => onKey(event, place)}
            onFocus={() => (focused.current = { column: place.layer + 1, unit: place.unit })}
          >
            <rect
              class="reach"
              x={place.x - Math.max(12, place.size / 2)}
              y={place.y - Math.max(place.size / 2, 4)}
              width={Math.max(24, place.size)}
              height={Math.max(place.size, 8)}
            />
            <rect
              class="neuron-box"
              x={place.x - place.size / 2}
              y={place.y - place.size / 2}
              width={place.size}
              height={place.size}
              rx="4"
            />
            {place.layer < 0 && (
              <text x={place.x} y={place.y + 5}>
                x{place.unit === 0 ? '₁' : '₂'}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  )
}

/** Hidden sizes of the network that the frame shows: it may lag behind the run for a moment. */
function sizesOf(frame: PlaneFrame): number[] {
  return frame.parameters
    .filter(({ path }) => path.endsWith('.bias'))
    .slice(0, -1)
    .map(({ shape }) => shape[0]!)
}

function neuronClass(
  frame: PlaneFrame,
  { layer, unit }: NeuronPlace,
  chosen: { layer: number; unit: number } | undefined,
): string {
  const name = `${layer}.${unit}`
  const classes = ['neuron']
  if (frame.dead.includes(name)) classes.push('dead')
  if (frame.silenced.includes(name)) classes.push('silenced')
  if (frame.frozen.includes(name)) classes.push('frozen')
  if (chosen !== undefined && chosen.layer === layer && chosen.unit === unit) classes.push('chosen')
  return classes.join(' ')
}

function labelOf(
  frame: PlaneFrame,
  { layer, unit }: NeuronPlace,
  name: string,
  example: number,
  print: (value: number) => string,
): string {
  const { inputs, labels } = frame.points
  const at = Math.min(example, labels.length - 1)
  if (layer < 0) return `${name}: ${print(inputs[2 * at + unit]!)}`
  const activations = frame.activations[layer]
  const value =
    activations === undefined ? frame.outputs[at]! : activations[at * (activations.length / labels.length) + unit]!
  return `${name}: ${print(value)}`
}

function wires(
  frame: PlaneFrame,
  from: readonly NeuronPlace[],
  to: NeuronPlace,
  chosen: { layer: number; unit: number } | undefined,
): JSX.Element[] {
  const weights = frame.parameters.find(({ path }) => path === weightPath(to.layer))!.values
  const isFaded = chosen !== undefined && (chosen.layer !== to.layer || chosen.unit !== to.unit)
  return from.map((place) => {
    const weight = weights[to.unit * from.length + place.unit]!
    const path = wirePath(place, to)
    return (
      <g key={`${place.unit}-${to.layer}.${to.unit}`} class={isFaded ? 'wire faded' : 'wire'}>
        <path class="wire-ground" d={path} />
        <path class={weight < 0 ? 'wire-weight minus' : 'wire-weight plus'} d={path} stroke-width={wireWidth(weight)} />
      </g>
    )
  })
}

function drawUnit(
  context: CanvasRenderingContext2D,
  frame: PlaneFrame,
  place: NeuronPlace,
  colours: ReturnType<typeof palette>,
): void {
  const { size } = frame.surface
  const surface = frame.unitSurfaces[place.layer]
  const values = surface ?? frame.surface.values
  const units = surface === undefined ? 1 : surface.length / (size * size)
  const pixels = surfacePixels(
    values,
    size,
    surface === undefined ? FULL_OUTPUT : 1,
    colours,
    units,
    surface === undefined ? 0 : place.unit,
  )
  drawSurface(context, pixels, {
    x: 2 * (place.x - place.size / 2),
    y: 2 * (place.y - place.size / 2),
    size: 2 * place.size,
  })
}
