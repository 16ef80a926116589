import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../../scripts/install.mjs'
import { DARK, LIGHT, type Palette, type Rgb, signedColour } from '../src/draw/theme.ts'

const folder = join(root, 'apps/lab/src/theme')
const sheets = readdirSync(folder).filter((file) => file.endsWith('.css'))
const css = sheets.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')

/** Innermost blocks of the style sheets, with their selectors. */
const rules = Array.from(css.matchAll(/([^{}]+)\{([^{}]*)\}/g), ([, selector, body]) => ({
  selector: selector!.replace(/\/\*.*?\*\//gs, '').trim(),
  declarations: new Map(
    Array.from(body!.matchAll(/([\w-]+):\s*([^;]+);/g), ([, name, value]): [string, string] => [name!, value!.trim()]),
  ),
}))

type Tokens = Readonly<Record<string, Rgb>>

/** The colours of every block that sets the paper: light, dark as chosen, dark as the system has it. */
const blocks: Tokens[] = rules
  .filter(({ declarations }) => declarations.has('--paper'))
  .map(({ declarations }) =>
    Object.fromEntries(
      [...declarations]
        .filter(([, value]) => value.startsWith('#'))
        .map(([name, value]) => [name.slice(2), rgb(value)]),
    ),
  )

function rgb(hex: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: readonly number[]): number {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

/** The token that a declaration names; undefined for one without a colour of the theme. */
const tokenIn = (value: string | undefined): string | undefined => /var\(--([a-z]+)\)/.exec(value ?? '')?.[1]

test('the measure is that of WCAG: black on white 21, equal colours 1', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 10)
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2)
  expect(contrast([7, 8, 9], [7, 8, 9])).toBe(1)
})

test('one light theme and one dark, whoever chose it; canvases have the same colours', () => {
  expect(blocks).toHaveLength(3)
  expect(blocks[2]).toEqual(blocks[1])
  for (const [tokens, palette] of [
    [blocks[0]!, LIGHT],
    [blocks[1]!, DARK],
  ] as const) {
    expect({ ...palette, ink: rgb(palette.ink) }).toEqual({
      paper: tokens['paper'],
      ink: tokens['ink'],
      plus: tokens['plus'],
      minus: tokens['minus'],
    })
  }
})

describe.each([
  ['light', blocks[0]!, LIGHT],
  ['dark', blocks[1]!, DARK],
] as const)('%s', (_, tokens, palette: Palette) => {
  const grounds = ['paper', 'raised'] as const

  test('every colour of text has 4.5:1 on every ground that text lies on', () => {
    const coloured = rules.filter(({ declarations }) => declarations.has('color'))
    expect(coloured.length).toBeGreaterThan(15)
    for (const { selector, declarations } of coloured) {
      const value = declarations.get('color')!
      if (['inherit', 'currentColor', 'transparent'].includes(value)) continue
      const token = tokenIn(value)
      expect(token, `${selector} { color: ${value} }`).toBeDefined()
      const own = tokenIn(declarations.get('background') ?? declarations.get('background-color'))
      // Paper as a colour of text stands on ink only, and its own rule says so.
      if (token === 'paper') expect(own, selector).toBe('ink')
      for (const ground of own === undefined ? grounds : [own]) {
        expect(contrast(tokens[token!]!, tokens[ground]!), `${selector} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      }
    }
  })

  test('every line, and the edge of every control, has 3:1', () => {
    let checked = 0
    for (const { selector, declarations } of rules) {
      for (const name of ['stroke', 'outline', 'outline-color']) {
        const token = tokenIn(declarations.get(name))
        if (token === undefined || token === 'paper') continue
        checked++
        for (const ground of grounds) {
          expect(contrast(tokens[token]!, tokens[ground]!), `${selector} { ${name} }`).toBeGreaterThanOrEqual(3)
        }
      }
      // Hairlines divide; what can be used has an edge that is seen.
      if (!/(^|[\s,])(button|select|input|textarea)/.test(selector)) continue
      const edge = tokenIn(declarations.get('border'))
      if (edge === undefined) continue
      checked++
      expect(contrast(tokens[edge]!, tokens['paper']!), `${selector} { border }`).toBeGreaterThanOrEqual(3)
    }
    expect(checked).toBeGreaterThan(20)
  })

  test('filled marks have 3:1 on the paper; those that lie on a surface have an edge of ink', () => {
    const filled = rules.filter(({ declarations }) => tokenIn(declarations.get('fill')) !== undefined)
    expect(filled.length).toBeGreaterThan(8)
    for (const { selector, declarations } of filled) {
      const token = tokenIn(declarations.get('fill'))!
      if (['paper', 'grid', 'raised'].includes(token)) continue
      expect(contrast(tokens[token]!, tokens['paper']!), `${selector} { fill }`).toBeGreaterThanOrEqual(3)
    }
    const edge = rules.find(({ selector }) => selector === '.point')?.declarations.get('stroke')
    expect(tokenIn(edge)).toBe('ink')
    expect(tokenIn(rules.find(({ selector }) => selector === '.contour')?.declarations.get('stroke'))).toBe('ink')
  })

  test('ink has 3:1 on every colour of a surface, whose lightness is monotone towards 0', () => {
    const pixel = new Uint8ClampedArray(4)
    for (const sign of [1, -1]) {
      const lights: number[] = []
      for (let value = 0; value <= 1.2; value += 0.05) {
        signedColour(sign * value, 1, palette, pixel, 0)
        expect(
          contrast(tokens['ink']!, Array.from(pixel.slice(0, 3))),
          `ink on ${sign * value}`,
        ).toBeGreaterThanOrEqual(3)
        lights.push(luminance(Array.from(pixel.slice(0, 3))))
      }
      const isDark = luminance(tokens['paper']!) < 0.5
      for (let i = 1; i < lights.length; i++) {
        if (isDark) expect(lights[i]).toBeGreaterThanOrEqual(lights[i - 1]!)
        else expect(lights[i]).toBeLessThanOrEqual(lights[i - 1]!)
      }
    }
  })
})
