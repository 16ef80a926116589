// The first step of T1 in a fresh process: node first-step.mjs MODULE SETTINGS. Ends as soon as it is taken.
import { pathToFileURL } from 'node:url'

const system = await import(pathToFileURL(process.argv[2] ?? '').href)
const { step } = await system.workload('T1', JSON.parse(process.argv[3] ?? '{}'))
await step()
process.exit()
