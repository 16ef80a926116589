import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  BatchNorm2d,
  Conv2d,
  ConvTranspose2d,
  DataError,
  Dropout,
  Dropout2d,
  ELU,
  FileFormatError,
  Flatten,
  GELU,
  LeakyReLU,
  Linear,
  manualSeed,
  MaxPool2d,
  randn,
  ReLU,
  Sequential,
  Sigmoid,
  SiLU,
  Softmax,
  Softplus,
  StateError,
  Tanh,
  tensor,
} from 'neurite'
import type { Tensor } from 'neurite'
import { describe, expect, test } from 'vitest'
import { buildNetwork, describeNetwork, sketch } from '../src/model-file/architecture.ts'
import { checkDescription, libraryVersion } from '../src/model-file/description.ts'
import type { ModelDescription } from '../src/model-file/description.ts'
import { loadModel } from '../src/model-file/load.ts'
import { saveModel } from '../src/model-file/save.ts'
import { temporaryFolder } from './support.ts'

const description: ModelDescription = {
  format: 'neurite-model',
  formatVersion: 1,
  library: libraryVersion(),
  recipe: 'test',
  weights: 'model.safetensors',
  architecture: [],
  inputShape: [3],
  classNames: ['a', 'b'],
  preprocessing: { kind: 'points' },
  training: {
    data: 'none',
    seed: 7,
    epochs: 1,
    batchSize: 2,
    steps: 3,
    seconds: 0.5,
    mode: 'reproducible',
    interrupted: false,
  },
  metrics: { testAccuracy: 0.5, testLoss: 0.7, testExamples: 4 },
}

async function savedModel(): Promise<{ folder: string; model: Sequential<[Linear<3, 4>, Tanh, Linear<4, 2>]> }> {
  manualSeed(3)
  const model = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 2))
  const folder = join(temporaryFolder(), 'deep', 'model')
  await saveModel(folder, model, { ...description, architecture: describeNetwork(model) })
  return { folder, model }
}

describe('a model that was saved', () => {
  test('comes back with the same outputs, by its folder or either file', async () => {
    const { folder, model } = await savedModel()
    const x: Tensor = tensor([[0.1, -0.2, 0.3]])
    const expected = await (model as { forward(x: Tensor): Tensor }).forward(x).toArray()
    for (const path of [folder, join(folder, 'model.json'), join(folder, 'model.safetensors')]) {
      const { network, description } = loadModel(path)
      expect(await network.forward(x).toArray()).toEqual(expected)
      expect(description.classNames).toEqual(['a', 'b'])
      expect(description.training.seed).toBe(7)
    }
  })

  test('with convolutions, pooling and running statistics comes back with the same outputs', async () => {
    manualSeed(4)
    const model = new Sequential(
      new Conv2d(1, 3, 3),
      new BatchNorm2d(3),
      new MaxPool2d(2),
      new ConvTranspose2d(3, 1, 2),
    )
    const x: Tensor = randn([4, 1, 8, 8])
    model.forward(x)
    model.eval()
    const expected = await (model as { forward(x: Tensor): Tensor }).forward(x).toArray()
    const folder = temporaryFolder()
    await saveModel(folder, model, { ...description, architecture: describeNetwork(model) })
    const { network } = loadModel(folder)
    expect(await network.forward(x).toArray()).toEqual(expected)
    expect(sketch(describeNetwork(network), [1, 8, 8])).toBe(
      '8x8x1 - conv 3x3x3 - max-pool 2x2 - transposed conv 2x2x1',
    )
  })

  test('leaves no other file behind, and replaces an older model', async () => {
    const { folder, model } = await savedModel()
    await saveModel(folder, model, { ...description, recipe: 'second', architecture: describeNetwork(model) })
    expect(readdirSync(folder).sort((a, b) => a.localeCompare(b))).toEqual(['model.json', 'model.safetensors'])
    expect(loadModel(folder).description.recipe).toBe('second')
  })

  test('every layer that can be described is built again as it was', () => {
    const layers = [
      new Flatten(),
      new Linear(4, 3, { bias: false }),
      new ReLU(),
      new LeakyReLU({ negativeSlope: 0.2 }),
      new ELU({ alpha: 0.5 }),
      new GELU({ approximate: 'tanh' }),
      new SiLU(),
      new Sigmoid(),
      new Softplus(),
      new Tanh(),
      new Dropout(0.25),
      new Dropout2d(0.1),
      new Conv2d(2, 4, [3, 5], { stride: 2, padding: 'valid', groups: 2, bias: false }),
      new ConvTranspose2d(4, 2, 4, { stride: [2, 1], padding: 1, outputPadding: [1, 0] }),
      new MaxPool2d(3, { stride: 2, padding: 1 }),
      new BatchNorm2d(2, { eps: 1e-3, momentum: null, affine: false }),
      new Linear(3, 2),
    ]
    const model = new Sequential(...(layers as [])) as never
    const described = describeNetwork(model)
    const again = buildNetwork(JSON.parse(JSON.stringify(described)))
    expect(describeNetwork(again)).toEqual(described)
    expect([...again].map((layer) => layer.describeOptions())).toEqual(layers.map((layer) => layer.describeOptions()))
  })

  test('a layer that cannot be described is an error that names it', () => {
    expect(() => describeNetwork(new Sequential(new Softmax()) as never)).toThrow(StateError)
    expect(() => buildNetwork([{ type: 'Conv9d' }])).toThrow(/Conv9d/)
  })
})

describe('what is no model', () => {
  test('a folder without one, and a path that does not exist', () => {
    expect(() => loadModel(temporaryFolder())).toThrow(DataError)
    expect(() => loadModel('/nowhere/at/all')).toThrow(/holds no model/)
  })

  test('a description that is no JSON, and one of something else', async () => {
    const { folder } = await savedModel()
    const place = join(folder, 'model.json')
    writeFileSync(place, '{"format": ')
    expect(() => loadModel(folder)).toThrow(/is no JSON/)
    writeFileSync(place, '{"format": "other"}')
    expect(() => loadModel(folder)).toThrow(/is no description of a model/)
  })

  test.each([
    ['formatVersion', 2, /format version 2/],
    ['architecture', [{ size: 3 }], /lacks 'architecture'/],
    ['classNames', [1, 2], /lacks 'classNames'/],
    ['inputShape', [0], /lacks 'inputShape'/],
    ['preprocessing', { kind: 'magic' }, /lacks 'preprocessing'/],
    ['weights', '../../secret.safetensors', /lacks 'weights'/],
  ])('a description with a wrong %s', (key, value, message) => {
    expect(() => checkDescription('model.json', { ...description, [key]: value })).toThrow(message)
    expect(() => checkDescription('model.json', { ...description, [key]: value })).toThrow(FileFormatError)
  })

  test('weights of another network, and weights that are cut off', async () => {
    const { folder } = await savedModel()
    const place = join(folder, 'model.json')
    const content = readFileSync(place, 'utf8')
    writeFileSync(
      place,
      content.replaceAll('"outFeatures": 4', '"outFeatures": 5').replaceAll('"inFeatures": 4', '"inFeatures": 5'),
    )
    expect(() => loadModel(folder)).toThrow(/does not fit the layers/)
    writeFileSync(place, content)
    const weights = join(folder, 'model.safetensors')
    writeFileSync(weights, readFileSync(weights).subarray(0, -4))
    expect(() => loadModel(folder)).toThrow(FileFormatError)
    expect(existsSync(weights)).toBe(true)
  })
})
