import { neurite } from './neurite.ts'

await neurite(process.argv.slice(2))
