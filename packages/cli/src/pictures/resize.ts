export { resizePicture as resize } from 'neurite/data'
