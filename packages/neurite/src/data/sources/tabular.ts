import { ArgumentError } from '../../errors.ts'
import { parseCsv } from '../table/csv.ts'
import type { CsvOptions } from '../table/csv.ts'
import type { Table } from '../table/table.ts'
import type { Source } from './mirror.ts'
import { openSource } from './source.ts'
import type { LoadOptions } from './source.ts'
import { decodeText } from './text-file.ts'

const source: Source = {
  title: 'tabular',
  folder: 'tabular',
  variable: 'NEURITE_TABULAR_MIRROR',
  publicMirror: 'https://raw.githubusercontent.com/jbrownlee/Datasets/master/',
  origin: 'the repository jbrownlee/Datasets on GitHub',
  holds: 'the csv files',
  isCompressed: false,
}

/** The tables that `tabular` reads. */
export type TabularName =
  | 'iris'
  | 'wine'
  | 'sonar'
  | 'ionosphere'
  | 'pima'
  | 'breast-cancer'
  | 'banknote'
  | 'glass'
  | 'wheat-seeds'
  | 'abalone'
  | 'wine-quality-red'
  | 'wine-quality-white'
  | 'adult'
  | 'adult-test'
  | 'mammography'

interface TableFile {
  readonly file: string
  readonly checksum: string
  /** The names of the columns, the target's last. */
  readonly columns: readonly string[]
  /** Classes may be written as numbers. */
  readonly target: 'category' | 'number'
  readonly csv?: CsvOptions
}

/** Columns without a meaning of their own: `feature0`, `feature1` ... */
const features = (count: number): string[] => Array.from({ length: count }, (_, index) => `feature${index}`)

const wineColumns = [
  'fixedAcidity',
  'volatileAcidity',
  'citricAcid',
  'residualSugar',
  'chlorides',
  'freeSulfurDioxide',
  'totalSulfurDioxide',
  'density',
  'pH',
  'sulphates',
  'alcohol',
  'quality',
]
const adultColumns = [
  'age',
  'workclass',
  'weight',
  'education',
  'educationYears',
  'maritalStatus',
  'occupation',
  'relationship',
  'race',
  'sex',
  'capitalGain',
  'capitalLoss',
  'hoursPerWeek',
  'country',
  'income',
]

const files: Readonly<Record<TabularName, TableFile>> = {
  iris: {
    file: 'iris.csv',
    checksum: 'f5d0c11e5c78a69a20dbb80baf2b24703f59a6687595752abb397d23732647c5',
    columns: ['sepalLength', 'sepalWidth', 'petalLength', 'petalWidth', 'species'],
    target: 'category',
  },
  wine: {
    file: 'wine.csv',
    checksum: 'e9c16b779f9194945067f65118da6afb317ef60c6515879c50124dc4f6cdd756',
    columns: [
      'alcohol',
      'malicAcid',
      'ash',
      'alcalinity',
      'magnesium',
      'phenols',
      'flavanoids',
      'nonflavanoidPhenols',
      'proanthocyanins',
      'color',
      'hue',
      'dilution',
      'proline',
      'cultivar',
    ],
    target: 'category',
  },
  sonar: {
    file: 'sonar.csv',
    checksum: '3079c09b5d2789a0f96aff82c28e5164fafe2495c5f8da96c6c256c1bd25763f',
    columns: [...features(60), 'class'],
    target: 'category',
  },
  ionosphere: {
    file: 'ionosphere.csv',
    checksum: 'fd6dd7864b55d56dac0a1e6e24af9ccc35bf2555ac79af8ab9f3d1daa065ab83',
    columns: [...features(34), 'class'],
    target: 'category',
  },
  pima: {
    file: 'pima-indians-diabetes.csv',
    checksum: '6bfe5d0f379d17a0e0819b996407e3c09bf80febd4287f2ed212190dfff154af',
    columns: [
      'pregnancies',
      'glucose',
      'bloodPressure',
      'skinThickness',
      'insulin',
      'bodyMassIndex',
      'pedigree',
      'age',
      'diabetes',
    ],
    target: 'category',
  },
  'breast-cancer': {
    file: 'breast-cancer-wisconsin.csv',
    checksum: '9c9dc50e62dbcece16e5707bdec7514f87230d0aa35798b9aaffbc77cf736f1f',
    columns: [
      'clumpThickness',
      'cellSize',
      'cellShape',
      'adhesion',
      'epithelialSize',
      'bareNuclei',
      'chromatin',
      'nucleoli',
      'mitoses',
      'class',
    ],
    target: 'category',
    csv: { missing: ['?'] },
  },
  banknote: {
    file: 'banknote_authentication.csv',
    checksum: 'd0539aaed2139ba7a587b3e34fb345ce503ff7d5d33dbf9912d8e195ce425cb9',
    columns: ['variance', 'skewness', 'curtosis', 'entropy', 'class'],
    target: 'category',
  },
  glass: {
    file: 'glass.csv',
    checksum: '1b7039aa2d617c1827e790b55d45ac138dce06b5f2a3fb6c25f2f135b59ad2d0',
    columns: [
      'refractiveIndex',
      'sodium',
      'magnesium',
      'aluminium',
      'silicon',
      'potassium',
      'calcium',
      'barium',
      'iron',
      'type',
    ],
    target: 'category',
  },
  'wheat-seeds': {
    file: 'wheat-seeds.csv',
    checksum: '8dbd1853a4439afc113cfe07f290422c7ce3fe48745d71f3f7eaa027cd38fd6e',
    columns: ['area', 'perimeter', 'compactness', 'length', 'width', 'asymmetry', 'groove', 'variety'],
    target: 'category',
  },
  abalone: {
    file: 'abalone.csv',
    checksum: 'eb2de13be807e9bb9ec4128b9c89b98ab23d7739121cfd17b7dde69b46ba7bf6',
    columns: [
      'sex',
      'length',
      'diameter',
      'height',
      'wholeWeight',
      'shuckedWeight',
      'visceraWeight',
      'shellWeight',
      'rings',
    ],
    target: 'number',
  },
  'wine-quality-red': {
    file: 'winequality-red.csv',
    checksum: 'c9614512e980f1cbd221c796daa97f00c4898c3cd1716863abac60f6cd1a522e',
    columns: wineColumns,
    target: 'number',
  },
  'wine-quality-white': {
    file: 'winequality-white.csv',
    checksum: '659d419fff887f225bf977d20520bb64a64cae203e460087f809721d4430ba27',
    columns: wineColumns,
    target: 'number',
  },
  adult: {
    file: 'adult-train.csv',
    checksum: '5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d',
    columns: adultColumns,
    target: 'category',
    csv: { missing: ['?'] },
  },
  'adult-test': {
    file: 'adult-test.csv',
    checksum: '72567b94f5c1a6f8501377dd80f93892c3848ff071cf91ba47e00b0785a28074',
    columns: adultColumns,
    target: 'category',
    csv: { missing: ['?'] },
  },
  mammography: {
    file: 'mammography.csv',
    checksum: '7d3dea3f075f30bbdbb8980e7725684059b4fe3d0f850fadd0f635f6993d8730',
    columns: [...features(6), 'class'],
    target: 'category',
    csv: { quote: "'" },
  },
}

/** A table, and the name of the column that is usually predicted. */
export interface TabularSet {
  readonly table: Table
  readonly target: string
}

/**
 * Small classic tables of the UCI repository, with their columns named: flowers (iris), wines, sonar echoes, income
 * (adult, adult-test) and others. Missing values are missing in the table; `adult` and `adult-test` are the official
 * division. The mirror holds the csv files under their names in the repository jbrownlee/Datasets.
 *
 * Source: UCI Machine Learning Repository, https://archive.ics.uci.edu.
 *
 * @throws DataError for a file that is missing, cut off or altered, and a server that does not work
 * @throws ArgumentError for a name that is none of the tables, and an unknown option
 *
 * @example
 * ```ts
 * import { tabular } from 'neurite/data'
 *
 * try {
 *   const { table, target } = await tabular('iris', { mirror: './no-such-folder' })
 *   console.log(table.rowCount, target)
 * } catch (error) {
 *   console.log((error as Error).name) // → DataError
 * }
 * ```
 */
export async function tabular(name: TabularName, options: LoadOptions = {}): Promise<TabularSet> {
  if (!Object.hasOwn(files, name)) {
    throw new ArgumentError({
      what: `tabular: there is no table '${name}'`,
      expected: `one of ${Object.keys(files).join(', ')}`,
      fix: 'correct the name, or read a file of your own with parseCsv',
    })
  }
  const { file, checksum, columns, target: kind, csv } = files[name]
  const reader = openSource('tabular', source, options)
  let text = decodeText(source.title, await reader.read(file, { checksum }))
  // The classes of the test part are written with a full stop.
  if (name === 'adult-test') text = text.replaceAll('K.\n', 'K\n')
  const target = columns.at(-1)!
  return { table: parseCsv(text, { ...csv, header: false, columns, kinds: { [target]: kind } }), target }
}
