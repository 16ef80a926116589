import type { Variant } from './strokes.ts'
import { four, one, three, two, zero } from './templates-0-to-4.ts'
import { eight, five, nine, seven, six } from './templates-5-to-9.ts'

/** The writing variants of the digits 0 to 9. */
export const templates: readonly (readonly Variant[])[] = [zero, one, two, three, four, five, six, seven, eight, nine]
