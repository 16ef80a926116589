import { emitKeypressEvents } from 'node:readline'
import colours from 'picocolors'
import type { Output } from '../output.ts'
import { mistakesOf, mistakesSection } from './report.ts'
import type { Trained } from './run.ts'

type Next = 'again' | 'quit'

/** Waits for a key after the training: shows more mistakes, or says whether to train again. `note` is said first. */
export async function askWhatNext({ data, predictions }: Trained, output: Output, note?: string): Promise<Next> {
  const hasPictures = data.test.inputShape.length === 3
  let shown = 0
  if (note !== undefined) output.say('', note)
  if (hasPictures) shown = mistakesSection(data.test, predictions, output.columns).next
  for (;;) {
    const canShow = hasPictures && shown < mistakesOf(predictions).length && shown > 0
    const keys = [...(canShow ? ['w  more wrong ones'] : []), 'r  train again with the next seed', 'q  quit']
    output.say('', colours.dim(keys.join('     ')))
    const allowed = canShow ? ['w', 'r', 'q'] : ['r', 'q']
    const key = await keyOf(allowed)
    if (key !== 'w') return key === 'r' ? 'again' : 'quit'
    const { lines, next } = mistakesSection(data.test, predictions, output.columns, shown)
    output.say(...lines)
    shown = next
  }
}

/** The next of these keys; Ctrl-C, Ctrl-D and Escape count as q, and so does the end of the input. */
function keyOf(allowed: readonly string[]): Promise<string> {
  const { stdin } = process
  emitKeypressEvents(stdin)
  stdin.setRawMode(true)
  stdin.resume()
  return new Promise((resolve) => {
    const finish = (key: string): void => {
      stdin.off('keypress', onKey)
      stdin.off('end', onEnd)
      stdin.setRawMode(false)
      stdin.pause()
      resolve(key)
    }
    const onEnd = (): void => finish('q')
    const onKey = (_text: string | undefined, key: { name?: string; ctrl?: boolean }): void => {
      const isLeaving = key.name === 'escape' || (key.ctrl === true && (key.name === 'c' || key.name === 'd'))
      if (isLeaving) finish('q')
      else if (key.name !== undefined && key.ctrl !== true && allowed.includes(key.name)) finish(key.name)
    }
    stdin.on('keypress', onKey)
    stdin.on('end', onEnd)
  })
}
