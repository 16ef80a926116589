import type { JSX } from 'preact'
import { TruthBench } from '../../ui/truth/truth-bench.tsx'

export const Scene = (): JSX.Element => <TruthBench />
