import { makeSeries } from '../series/series.ts'
import type { Series } from '../series/series.ts'
import { parseCsv } from '../table/csv.ts'
import type { Table } from '../table/table.ts'
import type { Source } from './mirror.ts'
import { openSource } from './source.ts'
import type { LoadOptions } from './source.ts'
import { decodeText } from './text-file.ts'

const source: Source = {
  title: 'time series',
  folder: 'time-series',
  variable: 'NEURITE_TIME_SERIES_MIRROR',
  publicMirror: 'https://raw.githubusercontent.com/jbrownlee/Datasets/master/',
  origin: 'the repository jbrownlee/Datasets on GitHub',
  holds: 'the csv files',
  isCompressed: false,
}

const checksums = {
  'monthly-sunspots.csv': 'c4ec8cc57d9f6fb6ecdb3e1f37f25b6f4badd5124c55931052b0cd2fc3bc71f3',
  'pollution.csv': '892e9559205d16d32623135c127a3951c12e46ea1e0b3093e107ce89a9fd60e2',
}

async function readTable(where: string, file: keyof typeof checksums, options: LoadOptions): Promise<Table> {
  const reader = openSource(where, source, options)
  return parseCsv(decodeText(source.title, await reader.read(file, { checksum: checksums[file] })))
}

/**
 * The mean number of sunspots in each month from 1749 to 1983: 2,820 rows, one column `sunspots`. The mirror holds
 * `monthly-sunspots.csv`.
 *
 * Source: D. Andrews and A. Herzberg, "Data" (1985); Swiss Federal Observatory, Zürich.
 *
 * @throws DataError for a file that is missing, cut off or altered, and a server that does not work
 * @throws ArgumentError for an unknown option
 *
 * @example
 * ```ts
 * import { monthlySunspots } from 'neurite/data'
 *
 * try {
 *   console.log((await monthlySunspots({ mirror: './no-such-folder' })).length)
 * } catch (error) {
 *   console.log((error as Error).name) // → DataError
 * }
 * ```
 */
export async function monthlySunspots(options: LoadOptions = {}): Promise<Series> {
  const table = await readTable('monthlySunspots', 'monthly-sunspots.csv', options)
  return makeSeries({ sunspots: table.numbers('Sunspots') })
}

const windDirections = ['NE', 'NW', 'SE', 'cv']

/**
 * Fine dust (PM2.5, in micrograms per cubic metre) and the weather in Beijing, hour by hour from 2 January 2010 to the
 * end of 2014: 43,800 rows of 11 columns: `pm2.5`, `dewPoint`, `temperature` (degrees Celsius), `pressure` (hPa),
 * `windSpeed` (m/s, cumulated), `snow`, `rain` (hours, cumulated), and 1 in that of `windNE`, `windNW`, `windSE`, `windcv`
 * (calm or variable) that applies. The first day, without measurements of dust, is left out; a later gap keeps the last
 * measured value, which takes nothing from the future. The mirror holds `pollution.csv`.
 *
 * Source: X. Liang et al., "Assessing Beijing's PM2.5 pollution", Proceedings of the Royal Society A 471 (2015).
 *
 * @throws DataError for a file that is missing, cut off or altered, and a server that does not work
 * @throws ArgumentError for an unknown option
 *
 * @example
 * ```ts
 * import { pollution } from 'neurite/data'
 *
 * try {
 *   console.log((await pollution({ mirror: './no-such-folder' })).names)
 * } catch (error) {
 *   console.log((error as Error).name) // → DataError
 * }
 * ```
 */
export async function pollution(options: LoadOptions = {}): Promise<Series> {
  const whole = await readTable('pollution', 'pollution.csv', options)
  const firstDay = 24
  const table = whole.rows(Array.from({ length: whole.rowCount - firstDay }, (_, row) => row + firstDay))
  const direction = table.column('cbwd')
  const codes = direction.kind === 'category' ? direction.codes : new Int32Array()
  const wind = table.categories('cbwd').map((name) => windDirections.indexOf(name))
  return makeSeries({
    'pm2.5': keepLast(table.numbers('pm2.5')),
    dewPoint: table.numbers('DEWP'),
    temperature: table.numbers('TEMP'),
    pressure: table.numbers('PRES'),
    windSpeed: table.numbers('Iws'),
    snow: table.numbers('Is'),
    rain: table.numbers('Ir'),
    ...Object.fromEntries(
      windDirections.map((name, index) => [
        `wind${name}`,
        Float64Array.from(codes, (code) => (wind[code] === index ? 1 : 0)),
      ]),
    ),
  })
}

/** Fills gaps with the value before them. */
function keepLast(values: Float64Array): Float64Array {
  let last = NaN
  return values.map((value) => (last = Number.isNaN(value) ? last : value))
}
