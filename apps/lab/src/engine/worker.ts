import { Engine } from './engine.ts'
import { serveEngine } from './remote.ts'

serveEngine(globalThis, new Engine())
