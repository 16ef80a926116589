import type { JSX } from 'preact'
import { PassBench } from '../../ui/pass/pass-bench.tsx'

export const Scene = (): JSX.Element => <PassBench />
