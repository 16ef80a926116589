// The first step in a fresh process: node first-step.mjs MODULE WORKLOAD SETTINGS. Ends as soon as it is taken.
import { pathToFileURL } from 'node:url'

const [module = '', workload, settings = '{}'] = process.argv.slice(2)
const system = await import(pathToFileURL(module).href)
const { step } = await system.workload(workload, JSON.parse(settings), { fresh: true })
await step()
process.exit()
