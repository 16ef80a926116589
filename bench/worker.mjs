// One cell in a process of its own: node worker.mjs '{"module", "workload", "settings", "warmSeconds"}'.
// Each line on standard input is a number of seconds to time; the end of the input ends it. Answers with marked lines.
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { Timer } from './timer.mjs'

const { module, workload, settings, warmSeconds } = JSON.parse(process.argv[2] ?? '{}')

/** @param {object} message */
const answer = (message) => new Promise((sent) => process.stdout.write(`\n@bench ${JSON.stringify(message)}\n`, sent))

async function main() {
  const system = await import(pathToFileURL(module).href)
  const timer = new Timer(await system.workload(workload, settings))
  await answer(await timer.warm(warmSeconds))
  for await (const line of createInterface({ input: process.stdin })) await answer(await timer.slice(Number(line)))
  await timer.finish()
  await answer({ finished: true })
}

await main().catch((error) => answer({ error: String(error?.message ?? error).split('\n')[0] }))
// Some systems keep threads alive.
process.exit()
