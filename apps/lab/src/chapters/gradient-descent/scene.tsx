import type { JSX } from 'preact'
import { SurfaceBench } from '../../ui/surface/surface-bench.tsx'

export const Scene = (): JSX.Element => <SurfaceBench />
