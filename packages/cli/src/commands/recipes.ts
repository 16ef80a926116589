import colours from 'picocolors'
import { exitCodes } from '../command-line/exit-codes.ts'
import { createOutput } from '../output.ts'
import { recipes } from '../recipes/index.ts'

/** `neurite recipes`. */
export function listRecipes(): number {
  const output = createOutput(false)
  for (const { name, summary, data } of Object.values(recipes)) {
    output.say(`${colours.bold(name.padEnd(12))}${summary}`)
    const names = Object.entries(data)
    const width = Math.max(...names.map(([source]) => source.length))
    for (const [index, [source, about]] of names.entries()) {
      output.say(
        `            --data ${source.padEnd(width)}  ${about.summary}${index === 0 ? colours.dim(' (usual)') : ''}`,
      )
    }
    output.say('')
  }
  output.say('Train one: neurite train NAME [--data DATA]')
  return exitCodes.done
}
