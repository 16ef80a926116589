import type { CurvePoint } from '../core/protocol.ts'

export interface CurveFrame {
  readonly width: number
  readonly height: number
  readonly steps: number
  readonly top: number
}

/** Axes that hold all curves: steps across, losses from 0 up. */
export function curveFrame(curves: readonly (readonly CurvePoint[])[], width: number, height: number): CurveFrame {
  let [steps, top] = [1, 0.01]
  for (const curve of curves) {
    for (const { step, loss, fresh } of curve) {
      steps = Math.max(steps, step)
      for (const value of [loss, fresh]) if (Number.isFinite(value)) top = Math.max(top, value)
    }
  }
  return { width, height, steps, top: Math.min(top, 4) * 1.05 }
}

/** One curve as the path of an SVG. */
export function curvePath(curve: readonly CurvePoint[], which: 'loss' | 'fresh', frame: CurveFrame): string {
  const points = curve
    .filter((point) => Number.isFinite(point[which]))
    .map((point) => {
      const x = (point.step / frame.steps) * frame.width
      const y = frame.height * (1 - Math.min(1, point[which] / frame.top))
      return `${x.toFixed(1)} ${y.toFixed(1)}`
    })
  return points.length === 0 ? '' : `M${points.join('L')}`
}
