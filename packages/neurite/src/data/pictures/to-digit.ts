import { DataError } from '../../errors.ts'
import { pictureBackground } from './background.ts'
import { cutPicture, inkBox } from './grey-picture.ts'
import type { Box, GreyPicture } from './grey-picture.ts'
import { resizePicture } from './resize.ts'

/** Size of the picture that a digit network sees, and of the box in it that the digit fills. */
const side = 28
const box = 20
/** Ink counts from this share of the darkest ink on. */
const faint = 0.06
/** A contrast below this is paper with shadows, not writing. */
const leastContrast = 0.08
/** A pen thinner than this, in pixels of the box, would leave hardly any ink. */
const thinnestPen = 1.8

/**
 * Brings a picture of one digit, of any size, dark on bright or bright on dark, into the form of MNIST: ink 1 on paper
 * 0, the digit in a box of 20 x 20 pixels, its centre of mass in the middle of 28 x 28.
 *
 * @param name how the picture is called in errors
 * @throws DataError for a picture without writing
 *
 * @example
 * ```ts
 * import { toDigit } from 'neurite/data'
 *
 * const pixels = new Float32Array(100 * 100)
 * for (let row = 10; row < 60; row++) for (let column = 5; column < 12; column++) pixels[row * 100 + column] = 1
 * const { width, height } = toDigit({ pixels, width: 100, height: 100 })
 * console.log(width, height) // → 28 28
 * ```
 */
export function toDigit(picture: GreyPicture, name = 'the picture'): GreyPicture {
  const ink = findInk(picture, name)
  const place = inkBox(ink, faint)!
  if (hasTheForm(ink, place)) return ink
  const cropped = cutPicture(ink, place)
  const scale = box / Math.max(cropped.width, cropped.height)
  const pen = penWidth(cropped) * scale
  const written = pen < thinnestPen ? thicken(cropped, Math.round((thinnestPen - pen) / scale / 2)) : cropped
  const again = box / Math.max(written.width, written.height)
  const small = resizePicture(
    written,
    Math.max(1, Math.round(written.width * again)),
    Math.max(1, Math.round(written.height * again)),
  )
  return centre(small)
}

/** Whether a picture has the size of MNIST's already, with the digit in about the box. */
function hasTheForm({ width, height }: GreyPicture, place: Box): boolean {
  const longest = Math.max(place.width, place.height)
  return width === side && height === side && Math.abs(longest - box) <= 4
}

/** The difference from the background towards the side where most of the difference is; the largest is 1. */
function findInk(picture: GreyPicture, name: string): GreyPicture {
  const { pixels, width, height } = picture
  const { level: ground, spread } = pictureBackground(picture)
  const noise = 2 * spread
  let [brighter, darker] = [0, 0]
  for (let i = 0; i < pixels.length; i++) {
    brighter += Math.max(0, pixels[i]! - ground)
    darker += Math.max(0, ground - pixels[i]!)
  }
  const sign = brighter > darker ? 1 : -1
  const ink = Float32Array.from(pixels, (value) => Math.max(0, sign * (value - ground) - noise))
  const most = ink.reduce((a, b) => Math.max(a, b), 0)
  if (most < leastContrast) {
    throw new DataError({
      what: `${name} shows no writing: all of it has nearly the same brightness`,
      expected: 'a digit, dark on a bright background or bright on a dark one',
      fix: 'choose another picture, or one with more contrast',
    })
  }
  return { pixels: ink.map((value) => value / most), width, height }
}

/** About how wide the strokes are: a long stroke has twice its length as circumference. */
function penWidth({ pixels, width, height }: GreyPicture): number {
  const isInk = (row: number, column: number): boolean =>
    row >= 0 && row < height && column >= 0 && column < width && pixels[row * width + column]! > 0.5
  let [area, edges] = [0, 0]
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!isInk(row, column)) continue
      area++
      edges += Number(!isInk(row - 1, column)) + Number(!isInk(row + 1, column))
      edges += Number(!isInk(row, column - 1)) + Number(!isInk(row, column + 1))
    }
  }
  return edges === 0 ? Infinity : (2 * area) / edges
}

/** Every pixel becomes the darkest within `by` pixels, so strokes grow by that on each side. */
function thicken({ pixels, width, height }: GreyPicture, by: number): GreyPicture {
  if (by < 1) return { pixels, width, height }
  const size = { width: width + 2 * by, height: height + 2 * by }
  const wide = new Float32Array(size.width * height)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < size.width; column++) {
      let most = 0
      const last = Math.min(width - 1, column)
      for (let k = Math.max(0, column - 2 * by); k <= last; k++) most = Math.max(most, pixels[row * width + k]!)
      wide[row * size.width + column] = most
    }
  }
  const thick = new Float32Array(size.width * size.height)
  for (let row = 0; row < size.height; row++) {
    for (let column = 0; column < size.width; column++) {
      let most = 0
      const last = Math.min(height - 1, row)
      for (let k = Math.max(0, row - 2 * by); k <= last; k++) most = Math.max(most, wide[k * size.width + column]!)
      thick[row * size.width + column] = most
    }
  }
  return { ...size, pixels: thick }
}

/** Puts a small picture into the large one so that its centre of mass comes to lie in the middle. */
function centre({ pixels, width, height }: GreyPicture): GreyPicture {
  let [mass, x, y, most] = [0, 0, 0, 0]
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]!
    mass += value
    x += value * ((i % width) + 0.5)
    y += value * (Math.floor(i / width) + 0.5)
    most = Math.max(most, value)
  }
  const left = Math.max(0, Math.min(side - width, Math.round(side / 2 - x / mass)))
  const top = Math.max(0, Math.min(side - height, Math.round(side / 2 - y / mass)))
  const out = new Float32Array(side * side)
  for (let i = 0; i < pixels.length; i++) {
    const at = (top + Math.floor(i / width)) * side + left + (i % width)
    out[at] = Math.min(1, pixels[i]! / most)
  }
  return { pixels: out, width: side, height: side }
}
