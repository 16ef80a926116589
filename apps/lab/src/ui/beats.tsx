import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { BeatDefinition, ChapterDefinition, ExperimentDefinition } from '../core/chapter/define-chapter.ts'
import type { ChapterText } from '../chapters/chapter-text.ts'
import type { Messages } from '../locales/index.ts'
import { usePage } from './context.ts'
import { LaterPart } from './later-part.tsx'
import { Predict } from './predict.tsx'
import { Prose } from './prose.tsx'

/** The prose of a chapter, complete without any interaction; also what is prerendered. */
export function StaticBeats({
  definition,
  text,
  messages,
}: {
  readonly definition: ChapterDefinition
  readonly text: ChapterText
  readonly messages: Messages
}): JSX.Element {
  return (
    <>
      {definition.beats.map((beat, index) => (
        <section key={beat.id} id={beat.id} class="beat" aria-labelledby={`title-${beat.id}`}>
          <BeatHead beat={beat} index={index} count={definition.beats.length} text={text} messages={messages} />
          {beat.prediction !== undefined && (
            <p>
              <strong>{text.predictions[beat.prediction.id]!.question}</strong>{' '}
              {text.predictions[beat.prediction.id]!.explanation}
            </p>
          )}
          {beat.checks?.map((id) => (
            <p key={id}>
              <strong>{text.checks[id]!.title}</strong> {text.checks[id]!.task}
            </p>
          ))}
        </section>
      ))}
    </>
  )
}

function BeatHead({
  beat,
  index,
  count,
  text,
  messages,
}: {
  readonly beat: BeatDefinition
  readonly index: number
  readonly count: number
  readonly text: ChapterText
  readonly messages: Messages
}): JSX.Element {
  const words = text.beats[beat.id]!
  return (
    <>
      <p class="beat-count">{messages.beatOf(index + 1, count)}</p>
      <h2 id={`title-${beat.id}`} tabIndex={-1}>
        {words.title}
      </h2>
      {words.prose.map((paragraph) => (
        <Prose key={paragraph} text={paragraph} />
      ))}
    </>
  )
}

/** The same prose with its experiments, guesses and checks. Reading on brings in panels; nothing hides the text. */
export function Beats(): JSX.Element {
  const { lab, messages, text } = usePage()
  const { beats } = lab.definition
  const sections = useRef<(HTMLElement | null)[]>([])
  useEffect(() => {
    // A part counts as reached when it comes into the middle of the screen. Towards the end of the page the mark sinks to
    // the lower edge: in a tall window the last parts never come further up.
    const onScroll = (): void => {
      const half = innerHeight / 2
      const range = document.documentElement.scrollHeight - innerHeight
      const mark = half * (2 - Math.min(1, (range - scrollY) / Math.min(half, range)))
      lab.openBeat(sections.current.findLastIndex((section) => section!.getBoundingClientRect().top < mark))
    }
    if (scrollY > 0) onScroll()
    addEventListener('scroll', onScroll)
    return () => removeEventListener('scroll', onScroll)
  }, [])
  const show = ({ change, steps, edits }: ExperimentDefinition): void => {
    void lab.change(change, steps, edits)
    // Where the bench does not stand beside the story, what was asked for would happen out of sight.
    const bench = document.querySelector('.bench')
    if (bench !== null && bench.getBoundingClientRect().bottom < 120) bench.scrollIntoView({ block: 'start' })
  }
  const goTo = (index: number): void => {
    lab.openBeat(index)
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    sections.current[index]?.scrollIntoView({ behavior: isStill ? 'auto' : 'smooth', block: 'start' })
    document.getElementById(`title-${beats[index]!.id}`)?.focus({ preventScroll: true })
  }
  return (
    <>
      {beats.map((beat, index) => (
        <section
          key={beat.id}
          id={beat.id}
          class="beat"
          aria-labelledby={`title-${beat.id}`}
          ref={(section) => {
            sections.current[index] = section
          }}
        >
          <BeatHead beat={beat} index={index} count={beats.length} text={text} messages={messages} />
          {beat.experiments !== undefined && (
            <p class="experiments">
              {beat.experiments.map((experiment) => (
                <button
                  type="button"
                  key={experiment.id}
                  data-experiment={experiment.id}
                  onClick={() => show(experiment)}
                >
                  {text.beats[beat.id]!.experiments![experiment.id]}
                </button>
              ))}
            </p>
          )}
          {beat.prediction !== undefined && <Predict prediction={beat.prediction} />}
          {lab.beat.value < index &&
            beat.checks?.map((id) => (
              <p key={id}>
                <strong>{text.checks[id]!.title}</strong> {text.checks[id]!.task}
              </p>
            ))}
          <LaterPart load={() => import('./check.tsx')} isWanted={beat.checks !== undefined && lab.beat.value >= index}>
            {({ Check }) => (
              <>
                {beat.checks!.map((id) => (
                  <Check key={id} check={lab.definition.checks.find((check) => check.id === id)!} />
                ))}
              </>
            )}
          </LaterPart>
          {index + 1 < beats.length && (
            <button type="button" class="continue" onClick={() => goTo(index + 1)}>
              {messages.continue} <span aria-hidden="true">↓</span>
            </button>
          )}
        </section>
      ))}
    </>
  )
}
