import { usePage } from '../context.ts'
import type { TruthWords } from './words.ts'

/** The words of the bench that the chapter has brought. */
export function useTruth(): TruthWords {
  const { truth } = usePage().text
  if (truth === undefined) throw new Error('this chapter brings no words for truth tables')
  return truth
}

/** Class 1 as `● 1`, class 0 as `▲ 0`. */
export const marked = (label: number): string => (label > 0.5 ? '● 1' : '▲ 0')
