import type { JSX } from 'preact'
import { useNumbers, usePage } from './context.ts'

export const SPEEDS = [1, 10, 100, 1000, 10_000] as const

/** Play, and everything that moves the run. */
export function Transport(): JSX.Element {
  const { lab, messages } = usePage()
  const { transport } = messages
  const isPlaying = lab.playing.value
  const hasEpochs = lab.definition.grains.includes('epoch') && (lab.frame.value?.stepsPerEpoch ?? 1) > 1
  const prediction = openPrediction(lab)
  const { pass } = lab.definition
  const { value: frame } = lab.frame
  const at = (print: (step: number) => string): string =>
    frame?.kind === 'perceptron'
      ? transport.atExample(print(frame.step), frame.updates)
      : transport.at(print(lab.run.value.head))
  return (
    <div class="transport" role="toolbar" aria-label={transport.name}>
      <button
        type="button"
        class="play"
        aria-pressed={isPlaying}
        disabled={prediction}
        onClick={() => (isPlaying ? void lab.pause() : lab.play())}
      >
        <span aria-hidden="true">{isPlaying ? '❚❚' : '▶'}</span> {isPlaying ? transport.pause : transport.play}
      </button>
      <button
        type="button"
        aria-label={transport.stepBack}
        title={transport.stepBack}
        disabled={prediction}
        onClick={() => void lab.stepBack('update')}
      >
        <span aria-hidden="true">◁</span>
      </button>
      <button
        type="button"
        aria-label={transport.step}
        title={transport.step}
        disabled={prediction}
        onClick={() => void lab.step('update')}
      >
        <span aria-hidden="true">▷</span>
      </button>
      {lab.definition.grains.includes('example') && (
        <button
          type="button"
          aria-label={transport.example}
          title={transport.example}
          disabled={prediction}
          onClick={() => void lab.step('example')}
        >
          <span aria-hidden="true">▹</span>
        </button>
      )}
      {hasEpochs && (
        <button type="button" disabled={prediction} onClick={() => void lab.step('epoch')}>
          {transport.epoch} <span aria-hidden="true">▷▷</span>
        </button>
      )}
      <button type="button" onClick={() => void lab.reset()}>
        {transport.reset}
      </button>
      {lab.revealed.value.controls.has('weights') && (
        <button type="button" onClick={() => void lab.newWeights()}>
          {transport.newWeights}
        </button>
      )}
      {lab.run.value.journal.length > 0 && (
        <button type="button" onClick={() => void lab.undo()}>
          {transport.undo}
        </button>
      )}
      {pass === undefined && <Speed />}
      <output class="at" aria-label={pass === undefined ? at(String) : undefined}>
        {pass === undefined
          ? at((step) => new Intl.NumberFormat(messages.language).format(step))
          : messages.transport.operation(lab.operation.value, pass)}
      </output>
      {prediction && <p class="locked">{messages.predict.locked}</p>}
    </div>
  )
}

function Speed(): JSX.Element {
  const { lab, messages } = usePage()
  const print = useNumbers()
  const { transport } = messages
  return (
    <label class="speed">
      <span>{transport.speed}</span>
      <select value={String(lab.speed.value)} onChange={(event) => lab.setSpeed(Number(event.currentTarget.value))}>
        {SPEEDS.map((speed) => (
          <option key={speed} value={String(speed)}>
            {transport.perSecond(print(speed, 1))}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Whether the part that is open asks for a guess that was not made yet. */
function openPrediction(lab: ReturnType<typeof usePage>['lab']): boolean {
  const beat = lab.definition.beats[lab.beat.value]
  const { progress } = lab
  void progress.value
  return beat?.prediction !== undefined && lab.reached.guesses[beat.prediction.id] === undefined
}
