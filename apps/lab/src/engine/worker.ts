import { Engine } from './engine.ts'
import { type Port, serveEngine } from './remote.ts'

serveEngine(globalThis, new Engine())
