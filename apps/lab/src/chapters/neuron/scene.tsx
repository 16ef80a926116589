import type { JSX } from 'preact'
import { NeuronBench } from '../../ui/neuron/neuron-bench.tsx'

export const Scene = (): JSX.Element => <NeuronBench />
