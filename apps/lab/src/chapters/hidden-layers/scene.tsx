import type { JSX } from 'preact'
import { PlaneBench } from '../../ui/plane/plane-bench.tsx'

export const Scene = (): JSX.Element => <PlaneBench />
