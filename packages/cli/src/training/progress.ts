import type { EpochEvent, StepEvent, TrainingEvent } from 'neurite'
import type { Output } from '../output.ts'
import { LiveLine } from '../terminal/live-line.ts'
import { duration, percent, thousands } from '../terminal/text.ts'

/** Shows how far the work is: as a moving bar, as plain lines, or as JSON. */
export interface Progress {
  /** While data are loaded or made. */
  readonly loading: (what: string, fraction: number) => void
  readonly training: (event: TrainingEvent) => void
  /** A line that belongs to an epoch. */
  readonly note: (epoch: EpochEvent, line: string) => void
  /** Takes away what moves. */
  readonly end: () => void
}

/** The way of showing that suits the output; `unit` is what an example is, such as 'images'. */
export function createProgress(output: Output, unit: string): Progress {
  if (output.isJson) return jsonProgress(output)
  return output.isLive ? liveProgress(unit) : plainProgress(output, unit)
}

function jsonProgress(output: Output): Progress {
  const loading = eachTenth((what, fraction) => output.event('data', { what, fraction }))
  return {
    loading,
    training: ({ type, ...fields }) => output.event(type, fields),
    note: () => {},
    end: () => {},
  }
}

function liveProgress(unit: string): Progress {
  const line = new LiveLine(process.stdout)
  const recent = new Recent()
  return {
    loading: (what, fraction) => line.show({ fraction, before: what, after: [percent(fraction, 0)] }),
    training(event) {
      if (event.type === 'epoch' && isShown(event)) line.print(epochLine(event))
      if (event.type !== 'step') return
      const { loss, accuracy } = recent.add(event)
      line.show({
        fraction: event.step / (event.epochs * event.stepsPerEpoch),
        before: `epoch ${event.epoch}/${event.epochs}`,
        after: [
          `step ${event.stepInEpoch}/${event.stepsPerEpoch}`,
          `loss ${loss.toFixed(3)}`,
          ...(accuracy === undefined
            ? []
            : [{ long: `accuracy ${percent(accuracy)}`, short: `acc ${percent(accuracy)}` }]),
          { long: `${thousands(event.examplesPerSecond)} ${unit}/s`, short: `${thousands(event.examplesPerSecond)}/s` },
          `${duration(event.secondsLeft)} left`,
        ],
      })
    },
    note(epoch, text) {
      if (isShown(epoch)) line.print(text)
    },
    end: () => line.clear(),
  }
}

/** Seconds between two lines while an epoch lasts. */
const lineEvery = 2

function plainProgress(output: Output, unit: string): Progress {
  const recent = new Recent()
  let said = ''
  let next = lineEvery
  return {
    loading(what) {
      if (what !== said) output.say(`${what} ...`)
      said = what
    },
    training(event) {
      if (event.type === 'epoch' && isShown(event)) output.say(epochLine(event))
      if (event.type !== 'step') return
      const { loss, accuracy } = recent.add(event)
      if (event.seconds < next) return
      next = event.seconds + lineEvery
      const right = accuracy === undefined ? '' : `  accuracy ${percent(accuracy)}`
      output.say(
        `epoch ${event.epoch}/${event.epochs}  step ${event.stepInEpoch}/${event.stepsPerEpoch}  loss ${loss.toFixed(4)}${right}` +
          `  ${thousands(event.examplesPerSecond)} ${unit}/s  ${duration(event.secondsLeft)} left`,
      )
    },
    note(epoch, line) {
      if (isShown(epoch)) output.say(line)
    },
    end: () => {},
  }
}

/** Loss and accuracy of one batch jump; their means over about the last 20 do not. */
class Recent {
  private loss = 0
  private accuracy = 0
  private weight = 0

  add(event: StepEvent): { loss: number; accuracy: number | undefined } {
    const keep = 0.95
    this.weight = keep * this.weight + (1 - keep)
    this.loss = keep * this.loss + (1 - keep) * event.loss
    this.accuracy = keep * this.accuracy + (1 - keep) * (event.accuracy ?? 0)
    const accuracy = event.accuracy === undefined ? undefined : this.accuracy / this.weight
    return { loss: this.loss / this.weight, accuracy }
  }
}

/** All epochs of a short training, about ten of a long one. */
function isShown({ epoch, epochs }: EpochEvent): boolean {
  return epochs <= 20 || epoch === epochs || epoch % Math.ceil(epochs / 10) === 0
}

function epochLine({ epoch, epochs, loss, accuracy, validation, seconds }: EpochEvent): string {
  const number = String(epoch).padStart(String(epochs).length)
  const right = (value: number | undefined): string => (value === undefined ? '' : `  ${percent(value).padStart(7)}`)
  const kept =
    validation === undefined ? '' : `   validation ${validation.loss.toFixed(4)}${right(validation.accuracy)}`
  const known = accuracy === undefined ? '' : `  accuracy${right(accuracy).slice(1)}`
  return `epoch ${number}/${epochs}   loss ${loss.toFixed(4)}${known}${kept}   ${duration(seconds)}`
}

/** Passes on a call for every tenth of the way, and for each change of the text. */
function eachTenth(tell: (what: string, fraction: number) => void): (what: string, fraction: number) => void {
  let last = ''
  return (what, fraction) => {
    const key = `${what} ${Math.floor(10 * fraction)}`
    if (key === last) return
    last = key
    tell(what, fraction)
  }
}
