import { Engine } from './engine.ts'
import { serve } from './remote.ts'

serve(globalThis, new Engine())
