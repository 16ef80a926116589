import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { DigitsTutor, Guess } from '../engine/digits-tutor.ts'
import type { Remote } from '../engine/remote.ts'
import type { Language, Messages } from '../locales/index.ts'
import { useCanvas } from '../ui/use-canvas.ts'
import { palette } from '../ui/use-palette.ts'
import { emptyDrawing, enlarged, SIDE, stroke } from './drawing.ts'
import { FRONT } from './text.ts'

/** The first training by itself ends after this long; the visitor goes on by hand. */
const HOOK_MS = 5000
const STEPS_PER_PICTURE = 4

type Tutor = Remote<Pick<DigitsTutor, 'learn' | 'teach' | 'guess' | 'prepare' | 'sample'>>

/** A digit, ten bars, and a network that learns while you look. */
export function FrontApp({
  tutor,
  messages,
  onReady,
}: {
  readonly tutor: Tutor
  readonly messages: Messages
  readonly onReady: () => void
}): JSX.Element {
  const text = FRONT[messages.language as Language]
  const [drawing, setDrawing] = useState(emptyDrawing)
  const [guess, setGuess] = useState<Guess | undefined>(undefined)
  const [isTraining, setTraining] = useState(false)
  const [label, setLabel] = useState(4)
  const pixels = useRef<Float32Array>(new Float32Array(28 * 28))
  const training = useRef(false)
  const samples = useRef(0)

  const show = async (next: Float32Array): Promise<void> => {
    setDrawing(next)
    const prepared = await tutor.prepare(next, SIDE)
    pixels.current = prepared ?? new Float32Array(28 * 28)
    if (!training.current) setGuess(await tutor.guess(pixels.current))
  }
  const sample = async (digit: number): Promise<void> => show(enlarged(await tutor.sample(digit, samples.current++)))
  const train = async (until = Infinity): Promise<void> => {
    if (training.current) return
    training.current = true
    setTraining(true)
    while (training.current && performance.now() < until) {
      setGuess(await tutor.learn(STEPS_PER_PICTURE, pixels.current))
      // At most 30 pictures a second.
      await new Promise((resolve) => setTimeout(resolve, 34))
    }
    training.current = false
    setTraining(false)
  }
  useEffect(() => {
    void sample(label).then(() => {
      onReady()
      if (!matchMedia('(prefers-reduced-motion: reduce)').matches) void train(performance.now() + HOOK_MS)
    })
  }, [])
  const best = guess === undefined ? 0 : guess.shares.indexOf(Math.max(...guess.shares))
  const tenths = new Intl.NumberFormat(messages.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const percent = (share: number): string => tenths.format(share * 100)
  return (
    <section class="draw" aria-label={text.drawHere}>
      <div>
        <Pad drawing={drawing} label={text.drawHere} onDraw={(next) => void show(next)} />
        <p class="draw-row">
          <button type="button" onClick={() => void show(emptyDrawing())}>
            {text.clear}
          </button>
          <DigitChoice name={text.digit} value={label} onChoose={setLabel} label={text.drawForMe} />
          <button type="button" onClick={() => void sample(label)}>
            {text.drawForMe}
          </button>
        </p>
      </div>
      <div>
        <Bars guess={guess} best={best} percent={percent} />
        <p role="status" data-status>
          {guess !== undefined && guess.seen > 0 && <>{text.says(best, percent(guess.shares[best]!))} </>}
          {guess === undefined || guess.seen === 0
            ? text.untrained
            : text.status(new Intl.NumberFormat(messages.language).format(guess.seen), percent(guess.accuracy))}
        </p>
        <p class="draw-row">
          <button
            type="button"
            class="play"
            aria-pressed={isTraining}
            onClick={() => (isTraining ? (training.current = false) : void train())}
          >
            <span aria-hidden="true">{isTraining ? '❚❚' : '▶'}</span> {isTraining ? text.stop : text.train}
          </button>
        </p>
        <p class="draw-row">
          <span>{text.wrong}</span>
          <DigitChoice name={text.digit} value={label} onChoose={setLabel} label={text.wrong} />
          <button type="button" data-teach onClick={() => void tutor.teach(drawing, SIDE, label).then(setGuess)}>
            {text.teach}
          </button>
        </p>
      </div>
    </section>
  )
}

function DigitChoice({
  name,
  value,
  onChoose,
  label,
}: {
  readonly name: (n: number) => string
  readonly value: number
  readonly onChoose: (n: number) => void
  readonly label: string
}): JSX.Element {
  return (
    <select aria-label={label} value={String(value)} onChange={(event) => onChoose(Number(event.currentTarget.value))}>
      {Array.from({ length: 10 }, (_, digit) => (
        <option key={digit} value={String(digit)} aria-label={name(digit)}>
          {digit}
        </option>
      ))}
    </select>
  )
}

/** Ten bars in ink: colour means sign and nothing else. */
function Bars({
  guess,
  best,
  percent,
}: {
  readonly guess: Guess | undefined
  readonly best: number
  readonly percent: (share: number) => string
}): JSX.Element {
  return (
    <ol class="bars" start={0}>
      {Array.from({ length: 10 }, (_, digit) => {
        const share = guess?.shares[digit] ?? 0
        return (
          <li key={digit} class={guess !== undefined && digit === best ? 'best' : ''}>
            <span class="bar-digit">{digit}</span>
            <span class="bar" aria-hidden="true">
              <span style={{ width: `${(share * 100).toFixed(1)}%` }} />
            </span>
            <span class="bar-share">{percent(share)} %</span>
          </li>
        )
      })}
    </ol>
  )
}

function Pad({
  drawing,
  label,
  onDraw,
}: {
  readonly drawing: Float32Array
  readonly label: string
  readonly onDraw: (drawing: Float32Array) => void
}): JSX.Element {
  const last = useRef<readonly [number, number] | undefined>(undefined)
  const colours = palette()
  const canvas = useCanvas(
    (context) => {
      const image = new ImageData(SIDE, SIDE)
      const ink = Number.parseInt(colours.ink.slice(1), 16)
      for (let i = 0; i < drawing.length; i++) {
        image.data[4 * i] = ink >> 16
        image.data[4 * i + 1] = (ink >> 8) & 255
        image.data[4 * i + 2] = ink & 255
        image.data[4 * i + 3] = drawing[i]! * 255
      }
      context.putImageData(image, 0, 0)
    },
    [drawing, colours],
  )
  const at = (event: PointerEvent): readonly [number, number] => {
    const box = canvas.current!.getBoundingClientRect()
    return [((event.clientX - box.left) / box.width) * SIDE, ((event.clientY - box.top) / box.height) * SIDE]
  }
  const draw = (event: PointerEvent): void => {
    if (last.current === undefined) return
    const point = at(event)
    onDraw(stroke(drawing, ...last.current, ...point))
    last.current = point
  }
  return (
    <canvas
      ref={canvas}
      class="pad"
      width={SIDE}
      height={SIDE}
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        last.current = at(event)
        draw(event)
      }}
      onPointerMove={draw}
      onPointerUp={() => (last.current = undefined)}
      onPointerCancel={() => (last.current = undefined)}
    />
  )
}
