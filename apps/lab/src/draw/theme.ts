/** Colours for canvases, which no style sheet reaches. Colour means sign, nothing else. */
export interface Palette {
  readonly paper: Rgb
  readonly ink: string
  readonly plus: Rgb
  readonly minus: Rgb
}

export type Rgb = readonly [red: number, green: number, blue: number]

export const LIGHT: Palette = { paper: [251, 248, 242], ink: '#1c1a17', plus: [29, 78, 216], minus: [194, 65, 12] }
export const DARK: Palette = { paper: [20, 22, 26], ink: '#e9e4da', plus: [96, 165, 250], minus: [251, 146, 60] }

/** How strong the strongest colour of a surface is: points on it must stay visible. */
const STRENGTH = 0.62

/** The colour of a signed number: paper at 0, full from `full` on; lightness is monotone towards 0. */
export function signedColour(
  value: number,
  full: number,
  { paper, plus, minus }: Palette,
  out: Uint8ClampedArray,
  at: number,
): void {
  const share = Number.isFinite(value) ? Math.min(1, Math.abs(value) / full) * STRENGTH : 0
  const tint = value > 0 ? plus : minus
  for (let channel = 0; channel < 3; channel++) {
    out[at + channel] = paper[channel]! + (tint[channel]! - paper[channel]!) * share
  }
  out[at + 3] = 255
}
