import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** The least time between two pictures whose colours may change sides: three a second do no harm. */
const CALM_MS = 350

/** The latest value, but while something plays never more than three new ones a second. */
export function useCalm<T>(value: T, isPlaying: boolean): T {
  const [, redraw] = useState(0)
  const kept = useRef({ value, since: 0 })
  const now = performance.now()
  const isDue = !isPlaying || now - kept.current.since >= CALM_MS
  if (isDue && kept.current.value !== value) kept.current = { value, since: now }
  // The time counts from when the picture was there, not from when a busy machine began to draw it.
  useLayoutEffect(() => void (kept.current.since = performance.now()), [kept.current.value])
  const isBehind = kept.current.value !== value
  useEffect(() => {
    if (!isBehind) return undefined
    const timer = setTimeout(() => redraw((n) => n + 1), CALM_MS)
    return () => clearTimeout(timer)
  }, [value, isBehind])
  return kept.current.value
}
