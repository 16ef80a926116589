import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Shows a part of the page when it is wanted and its code has arrived; nothing before. */
export function Later<M>({
  load,
  isWanted,
  children,
}: {
  readonly load: () => Promise<M>
  readonly isWanted: boolean
  readonly children: (loaded: M) => JSX.Element
}): JSX.Element | null {
  const [loaded, setLoaded] = useState<M | undefined>(undefined)
  useEffect(() => {
    if (isWanted && loaded === undefined) void load().then((found) => setLoaded(() => found))
  }, [isWanted])
  return isWanted && loaded !== undefined ? children(loaded) : null
}
