import type { JSX } from 'preact'
import { PerceptronBench } from '../../ui/perceptron/perceptron-bench.tsx'

export const Scene = (): JSX.Element => <PerceptronBench />
