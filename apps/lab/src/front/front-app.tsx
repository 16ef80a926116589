import type { JSX } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Language, Messages } from '../locales/index.ts'
import { useCanvas } from '../ui/use-canvas.ts'
import { palette } from '../ui/use-palette.ts'
import { emptyDrawing, SIDE, stroke } from './drawing.ts'
import { FrontLab, type Shown, type Tutor } from './front-lab.ts'
import { FRONT, type FrontText } from './text.ts'

/** What counts as a visitor's first touch. */
const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const

/** A digit, ten bars, and a network that learns while you look. */
export function FrontApp({
  tutor,
  messages,
  root,
  onReady,
}: {
  readonly tutor: Tutor
  readonly messages: Messages
  /** The site's root, as a relative address. */
  readonly root: string
  readonly onReady: () => void
}): JSX.Element {
  const text = FRONT[messages.language as Language]
  const lab = useMemo(() => new FrontLab(tutor, root), [tutor, root])
  useEffect(() => {
    const touch = (): void => lab.touch()
    for (const type of TOUCHES) addEventListener(type, touch, { once: true, capture: true })
    void lab.begin(matchMedia('(prefers-reduced-motion: reduce)').matches).then(onReady)
    return () => TOUCHES.forEach((type) => removeEventListener(type, touch, { capture: true }))
  }, [lab])
  const drawing = lab.drawing.value
  const shown = lab.shown.value
  const isPlaying = lab.isPlaying.value
  const label = lab.label.value
  const choose = (digit: number): void => void (lab.label.value = digit)
  const best = shown === undefined ? 0 : shown.shares.indexOf(Math.max(...shown.shares))
  const tenths = new Intl.NumberFormat(messages.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const percent = (share: number): string => tenths.format(share * 100)
  return (
    <section class="draw" aria-label={text.drawHere}>
      <div>
        <Pad drawing={drawing} label={text.drawHere} onDraw={(next) => void lab.draw(next)} />
        <p class="draw-row">
          <button type="button" onClick={() => void lab.draw(emptyDrawing())}>
            {text.clear}
          </button>
          <DigitChoice name={text.digit} value={label} onChoose={choose} label={text.drawForMe} />
          <button type="button" onClick={() => void lab.sample()}>
            {text.drawForMe}
          </button>
        </p>
      </div>
      <div>
        <Bars shown={shown} best={best} percent={percent} />
        {/* While the numbers run, a screen reader is left in peace. */}
        <p role="status" aria-live={isPlaying ? 'off' : 'polite'} data-status>
          {shown !== undefined && shown.seen > 0 && <>{text.says(best, percent(shown.shares[best]!))} </>}
          <Status lab={lab} text={text} messages={messages} percent={percent} />
        </p>
        <p class="draw-row">
          <button
            type="button"
            class="play"
            aria-pressed={isPlaying}
            onClick={() => (isPlaying ? lab.stop() : void lab.play())}
          >
            <span aria-hidden="true">{isPlaying ? '❚❚' : '▶'}</span>{' '}
            {isPlaying ? text.stop : lab.isFollowing ? text.follow : text.train}
          </button>
        </p>
        <p class="draw-row">
          <span>{text.wrong}</span>
          <DigitChoice name={text.digit} value={label} onChoose={choose} label={text.wrong} />
          <button type="button" data-teach onClick={() => void lab.teach()}>
            {text.teach}
          </button>
        </p>
      </div>
    </section>
  )
}

/** Which network this is, and how far it is. */
function Status({
  lab,
  text,
  messages,
  percent,
}: {
  readonly lab: FrontLab
  readonly text: FrontText
  readonly messages: Messages
  readonly percent: (share: number) => string
}): JSX.Element {
  const { value: run } = lab.run
  const shown = lab.shown.value
  const count = (value: number): string => new Intl.NumberFormat(messages.language).format(value)
  const seen =
    shown === undefined || shown.seen === 0
      ? text.untrained
      : shown.accuracy === undefined
        ? text.seen(count(shown.seen))
        : text.status(count(shown.seen), percent(shown.accuracy))
  const isOutside = lab.network.value === 'outside'
  return (
    <>
      {seen} {lab.network.value === 'changed' && <span data-network="changed">{text.changed}</span>}
      {lab.isFollowing && run.state === 'training' && (
        <span data-network="training">{text.live(run.epoch, run.epochs)}</span>
      )}
      {isOutside && run.state === 'saved' && <span data-network="saved">{text.saved(percent(run.testAccuracy))}</span>}
    </>
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
  shown,
  best,
  percent,
}: {
  readonly shown: Shown | undefined
  readonly best: number
  readonly percent: (share: number) => string
}): JSX.Element {
  return (
    <ol class="bars" start={0}>
      {Array.from({ length: 10 }, (_, digit) => {
        const share = shown?.shares[digit] ?? 0
        return (
          <li key={digit} class={shown !== undefined && digit === best ? 'best' : ''}>
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
