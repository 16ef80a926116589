import { DigitsTutor } from './digits-tutor.ts'
import { serve } from './remote.ts'

serve(globalThis, new DigitsTutor())
