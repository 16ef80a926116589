import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { digits, generateDigits } from 'neurite/data'
import { PNG } from 'pngjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { recipe } from '../../../zoo/digits/recipe.ts'
import { trainQuietly } from './in-process.ts'
import { jsonLines, run, temporaryFolder } from './support.ts'

let model = ''
const folder = temporaryFolder()
const count = 60
const { images, labels } = generateDigits({ samples: count, seed: 99 })

/** Writes digit number i as a PNG file: larger, coloured, somewhere on a sheet. */
function sheet(i: number): string {
  const [width, height, zoom] = [230, 180, 5]
  const picture = new PNG({ width, height })
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [column, row] = [Math.floor((x - 70) / zoom), Math.floor((y - 20) / zoom)]
      const isInside = column >= 0 && column < 28 && row >= 0 && row < 28
      const ink = isInside ? images[i * 784 + row * 28 + column]! / 255 : 0
      picture.data.set([250 - 230 * ink, 245 - 200 * ink, 230 - 60 * ink, 255], 4 * (y * width + x))
    }
  }
  const path = join(folder, `digit-${i}.png`)
  writeFileSync(path, PNG.sync.write(picture))
  return path
}

beforeAll(async () => {
  const small = {
    ...recipe,
    data: { few: { summary: '', accuracy: 0, load: () => digits({ train: 12_000, test: 500 }) } },
  }
  model = (await trainQuietly(small, { epochs: 4 })).folder
})

describe('neurite predict', () => {
  test('reads digits from PNG files, written in blue somewhere on a sheet', async () => {
    const files = Array.from({ length: count }, (_, i) => sheet(i))
    const { code, stdout, stderr } = await run(['predict', model, ...files, '--json'])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    const events = jsonLines(stdout)
    expect(events.map(({ file }) => file)).toEqual(files)
    const right = events.filter((event, i) => event['class'] === String(labels[i])).length
    expect(right).toBeGreaterThanOrEqual(0.75 * count)
    for (const { probabilities, probability } of events) {
      const all = Object.values(probabilities as Record<string, number>)
      expect(all).toHaveLength(10)
      expect(all.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5)
      expect(Math.max(...all)).toBe(probability)
    }
  })

  test('shows the picture and a bar for each class', async () => {
    const path = sheet(1)
    const { code, stdout } = await run(['predict', join(model, 'model.json'), path])
    expect(code).toBe(0)
    expect(stdout).toContain(`${path}: `)
    expect(stdout).toMatch(/ 9 {2}█* *\d+\.\d %/)
    expect(stdout).toMatch(/[▀▄█]/)
  })

  test('a file that is no picture is told, and the others are classified all the same', async () => {
    const bad = join(folder, 'text.png')
    writeFileSync(bad, 'hello')
    const { code, stdout, stderr } = await run(['predict', model, bad, sheet(2), '--json'])
    expect(code).toBe(1)
    expect(stderr).toContain('is no PNG file')
    expect(jsonLines(stdout)).toMatchObject([{ event: 'error', file: bad }, { event: 'prediction' }])
  })

  test('a path without a model, and a model that takes no pictures', async () => {
    const none = await run(['predict', join(folder, 'nothing'), sheet(3)])
    expect(none.code).toBe(1)
    expect(none.stderr).toContain('holds no model')
    const points = temporaryFolder()
    await run(['train', 'mlp', '--epochs', '1', '--out', points])
    const wrong = await run(['predict', points, sheet(3)])
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('classifies points of the plane')
  })
})
