export { toDigit } from 'neurite/data'
