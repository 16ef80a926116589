export { type Box, cutPicture as cut, type GreyPicture, inkBox } from 'neurite/data'
