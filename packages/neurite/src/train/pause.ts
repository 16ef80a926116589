export { Slices } from '../data/pause.ts'
