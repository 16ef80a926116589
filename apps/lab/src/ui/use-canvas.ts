import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** A canvas of fixed drawing size that is drawn again when one of `inputs` changes. */
export function useCanvas(
  draw: (context: CanvasRenderingContext2D) => void,
  inputs: readonly unknown[],
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context !== null && context !== undefined) draw(context)
  }, inputs)
  return canvas
}
