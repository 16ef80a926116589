import { beforeEach, describe, expect, test } from 'vitest'
import {
  Activation,
  ArgumentError,
  buffer,
  compile,
  Dropout,
  DTypeError,
  Embedding,
  Flatten,
  IndexOutOfRangeError,
  init,
  initialise,
  Linear,
  manualSeed,
  Module,
  ModuleList,
  ones,
  parameter,
  randomState,
  ReLU,
  Sequential,
  SGD,
  ShapeError,
  StateError,
  summary,
  tensor,
  type Tensor,
  zeros,
} from '../../src/index.ts'

beforeEach(async () => {
  await init()
  manualSeed(1)
})

class Block extends Module {
  fc = new Linear(4, 4)
  forward(x: Tensor): Tensor {
    return this.fc.forward(x).relu()
  }
}

class Network extends Module {
  scale = parameter(ones([4]))
  mean = buffer(zeros([4]))
  note = 'no member'
  plain = tensor([1, 2])
  blocks = new ModuleList([new Block(), new Block()])
  pair = [new Linear(4, 4, { bias: false })]
  head = new Linear(4, 3)
  forward(x: Tensor): Tensor {
    let hidden: Tensor = x.sub(this.mean).mul(this.scale)
    for (const block of this.blocks) hidden = block.forward(hidden)
    return this.head.forward(this.pair[0]!.forward(hidden))
  }
}

async function valuesOf(model: Module): Promise<Record<string, Float32Array>> {
  const values: Record<string, Float32Array> = {}
  for (const [name, value] of model.namedParameters()) values[name] = (await value.data()) as Float32Array
  return values
}

describe('names', () => {
  test('are those of PyTorch, in the order of the fields', () => {
    const network = new Network()
    expect([...network.namedParameters().keys()]).toEqual([
      'scale',
      'blocks.0.fc.weight',
      'blocks.0.fc.bias',
      'blocks.1.fc.weight',
      'blocks.1.fc.bias',
      'pair.0.weight',
      'head.weight',
      'head.bias',
    ])
    expect([...network.namedBuffers().keys()]).toEqual(['mean'])
    expect([...network.namedModules().keys()].slice(0, 4)).toEqual(['', 'blocks', 'blocks.0', 'blocks.0.fc'])
    expect([...network.namedChildren().keys()]).toEqual(['blocks', 'pair.0', 'head'])
    expect(network.blocks.at(1).fc.path).toBe('blocks.1.fc')
    expect(network.head.weight.label).toBe('head.weight')
  })

  test('a shared parameter counts once, and is stored under both names', () => {
    const encoder = new Linear(3, 3)
    const decoder = new Linear(3, 3)
    decoder.weight = encoder.weight
    const model = new Sequential(encoder, decoder)
    expect([...model.namedParameters().keys()]).toEqual(['0.weight', '0.bias', '1.bias'])
    expect([...model.stateDict().keys()]).toEqual(['0.weight', '0.bias', '1.weight', '1.bias'])
    expect(summary(model).parameters).toBe(15)
    const layer = new Linear(3, 3)
    expect(new Sequential(layer, new ReLU(), layer).parameters().length).toBe(2)
  })

  test('a module added later is found, and errors name it', () => {
    const list = new ModuleList<Linear>([new Linear(2, 2)])
    expect(list.parameters().length).toBe(2)
    list.push(new Linear(2, 2))
    expect([...list.namedParameters().keys()].at(-1)).toBe('1.bias')
    expect(list.at(-1).path).toBe('1')
  })
})

describe('errors', () => {
  test('tell where in the model a layer stands, and both sizes', () => {
    const model = new Sequential(new Flatten(), new Sequential(new ReLU(), new Linear(32, 2)))
    const run = (): unknown => model.forward(zeros([1, 64]))
    expect(run).toThrow(ShapeError)
    expect(run).toThrow(
      /^1\.1 \(Linear\): expected 32 features, got 64\n {2}expected: .+\n {2}fix: .+new Linear\(64, 2\)/,
    )
  })

  test('of operations carry the innermost module, once', () => {
    class Wrong extends Module {
      forward(x: Tensor): Tensor {
        return x.add(zeros([7]))
      }
    }
    const model = new Sequential(new ReLU(), new Wrong())
    expect(() => model.forward(zeros([2, 3]))).toThrow(/^1 \(Wrong\): add: (?!.*Sequential)/)
  })

  test.each([
    ['size', () => new Linear(0, 1), ArgumentError, 'inFeatures is 0'],
    ['fraction', () => new Linear(1.5, 1), ArgumentError, 'inFeatures is 1.5'],
    ['class instead of object', () => new Sequential(ReLU as never), ArgumentError, 'the function ReLU'],
    ['no layer', () => new Sequential(new ReLU()).at(3), IndexOutOfRangeError, 'there is no layer 3'],
    ['dropout', () => new Dropout(1.5), ArgumentError, 'the probability is 1.5'],
    ['floats for a table', () => new Embedding(3, 2).forward(zeros([2])), DTypeError, 'numbers of dtype float32'],
    ['no batch', () => new Flatten().forward(zeros([3])), ShapeError, 'shape [3]'],
    ['bias as weight', () => initialise.xavierUniform(zeros([3])), ShapeError, 'at least two dimensions'],
    ['ModuleList', () => new ModuleList([]).forward(), StateError, 'forward is called on a ModuleList'],
  ] as const)('%s', (_name, run, kind, message) => {
    expect(run).toThrow(kind)
    expect(run).toThrow(message)
    expect(run).toThrow(/expected: .+\n {2}fix: .+/)
  })
})

describe('initial weights', () => {
  const first = () => new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 2))
  const wider = () => new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 5), new Linear(5, 2))

  test('depend on seed and path alone: unchanged layers match between architectures', async () => {
    const a = await valuesOf(first())
    manualSeed(1)
    const b = await valuesOf(wider())
    expect(b['0.weight']).toEqual(a['0.weight'])
    expect(b['0.bias']).toEqual(a['0.bias'])
    expect(b['2.weight']!.slice(0, 8)).toEqual(a['2.weight'])
    manualSeed(2)
    expect((await valuesOf(first()))['0.weight']).not.toEqual(a['0.weight'])
  })

  test('do not depend on what is looked at first', async () => {
    const a = await valuesOf(first())
    manualSeed(1)
    const model = first()
    await (model.layers[2] as Linear).bias!.data()
    expect(await valuesOf(model)).toEqual(a)
    manualSeed(1)
    const run = first()
    await run.forward(ones([1, 3])).data()
    expect(await valuesOf(run)).toEqual(a)
    manualSeed(1)
    const trained = first()
    const optimizer = new SGD(trained, { learningRate: 0 })
    compile(() => {
      trained
        .forward(ones([1, 3]))
        .sum()
        .backward()
      optimizer.step()
    })()
    expect(await valuesOf(trained)).toEqual(a)
  })

  test('come from the seed that was in force when the layer was made', async () => {
    const a = await valuesOf(first())
    manualSeed(1)
    const model = first()
    manualSeed(5)
    expect(await valuesOf(model)).toEqual(a)
  })

  test('differ between two models of one seed, and between layers', async () => {
    const [a, b] = [await valuesOf(first()), await valuesOf(first())]
    expect(b['0.weight']).not.toEqual(a['0.weight'])
    const pair = await valuesOf(new Sequential(new Linear(3, 3), new Linear(3, 3)))
    expect(pair['0.weight']).not.toEqual(pair['1.weight'])
  })

  test.each([4, 100])(
    'of %i columns are the same drawn on the host and into the memory of the device',
    async (size) => {
      const ofHost = new Linear(size, 100)
      const host = await ofHost.weight.data()
      manualSeed(1)
      const ofDevice = new Linear(size, 100)
      await compile((x: Tensor) => ofDevice.forward(x))(ones([1, size])).data()
      expect(await ofDevice.weight.data()).toEqual(host)
      expect(await ofDevice.bias!.data()).toEqual(await ofHost.bias!.data())
    },
  )

  test('of Linear are uniform within 1 / sqrt(inFeatures)', async () => {
    const { weight, bias } = new Linear(100, 50)
    const values = [...(await weight.data()), ...(await bias!.data())]
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.1)
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length
    expect(variance).toBeCloseTo(0.01 / 3, 3)
  })

  test('can be chosen, before and after first use', async () => {
    const layer = new Linear(100, 100)
    initialise.kaimingNormal(layer.weight, { nonlinearity: 'relu' })
    const values = await layer.weight.data()
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
    expect(deviation).toBeCloseTo(Math.sqrt(2 / 100), 2)
    initialise.constant(layer.weight, 0.5)
    expect((await layer.weight.data())[7]).toBe(0.5)
    const other = new Linear(2, 2)
    initialise.zeros(other.bias!)
    expect(await other.bias!.data()).toEqual(new Float32Array(2))
    initialise.kaimingUniform(other.weight, { a: Math.sqrt(5) })
    expect(Math.max(...(await other.weight.data()).map(Math.abs))).toBeLessThanOrEqual(Math.fround(Math.sqrt(1 / 2)))
  })
})

describe('modes', () => {
  test('dropout acts in training only, and evaluation draws nothing', async () => {
    const model = new Sequential(new Dropout(0.5))
    const run = compile((x: Tensor) => model.forward(x))
    const x = ones([1000])
    const [a, b] = [await run(x).data(), await run(x).data()]
    expect(a).not.toEqual(b)
    expect([...new Set(a as Float32Array)].sort((p, q) => p - q)).toEqual([0, 2])
    const zerosCount = [...(a as Float32Array)].filter((value) => value === 0).length
    expect(Math.abs(zerosCount - 500)).toBeLessThan(80)
    const before = randomState()
    model.eval()
    expect(await run(x).data()).toEqual(await x.data())
    expect(randomState()).toEqual(before)
    model.train()
    expect(await run(x).data()).not.toEqual(await x.data())
    expect(run.programCount).toBe(2)
  })

  test('the backward pass uses the mask of the forward pass', async () => {
    const x = ones([64], { requiresGrad: true })
    const y = new Dropout(0.5).forward(x)
    y.sum().backward()
    expect(await x.grad!.data()).toEqual(await y.data())
  })

  test('dropouts at two places drop different elements', async () => {
    const model = new Sequential(new Dropout(), new Dropout())
    const [a, b] = model.layers.map((layer) => layer.forward(ones([100])))
    expect(await a!.data()).not.toEqual(await b!.data())
  })

  test('train and eval reach every module inside', () => {
    const network = new Network()
    network.eval()
    expect(network.modules().every((module) => !module.training)).toBe(true)
    network.blocks.train()
    expect(network.modules().filter((module) => module.training).length).toBe(5)
  })
})

describe('state', () => {
  test('what was given out does not change with the model', async () => {
    const layer = new Linear(2, 1)
    const before = await layer.weight.data()
    const stored = layer.stateDict()
    initialise.zeros(layer.weight)
    expect(await stored.get('weight')!.data()).toEqual(before)
    layer.loadStateDict(stored)
    expect(await layer.weight.data()).toEqual(before)
  })

  test('missing, unexpected and mis-shaped names are all listed, and nothing is changed', async () => {
    const model = new Sequential(new Linear(2, 3), new Linear(3, 1))
    const before = await valuesOf(model)
    const wrong = { '0.weight': ones([3, 2]), '0.bias': ones([4]), extra: ones([1]) }
    expect(() => model.loadStateDict(wrong)).toThrow(StateError)
    expect(() => model.loadStateDict(wrong)).toThrow(/missing: 1\.weight, 1\.bias\n +unexpected: extra/)
    expect(() => model.loadStateDict(wrong, { strict: false })).toThrow(ShapeError)
    expect(() => model.loadStateDict(wrong, { strict: false })).toThrow('0.bias: [4] for [3]')
    expect(await valuesOf(model)).toEqual(before)
    const result = model.loadStateDict({ '0.weight': ones([3, 2]), extra: ones([1]) }, { strict: false })
    expect(result).toEqual({ missing: ['0.bias', '1.weight', '1.bias'], unexpected: ['extra'] })
    expect((await valuesOf(model))['0.weight']).toEqual(new Float32Array(6).fill(1))
  })

  test('frozen parameters get no gradient', () => {
    const model = new Sequential(new Linear(2, 2), new Linear(2, 1))
    model.at(0).requiresGrad(false)
    model
      .forward(ones([1, 2]))
      .sum()
      .backward()
    expect(model.parameters().map(({ grad }) => grad !== undefined)).toEqual([false, false, true, true])
    expect([...model.namedParameters().keys()].length).toBe(4)
    model.zeroGrad()
    expect(model.parameters().every(({ grad }) => grad === undefined)).toBe(true)
  })

  test('a freed model throws', () => {
    const layer = new Linear(2, 1)
    layer.free()
    expect(() => layer.forward(ones([1, 2])).hostValues()).toThrow('used after it was freed')
  })
})

test('Embedding looks rows up; the padding row is 0 and gets no gradient', async () => {
  const table = new Embedding(4, 2, { paddingIdx: 1 })
  const values = await table.weight.data()
  expect(values.slice(2, 4)).toEqual(new Float32Array(2))
  const rows = table.forward(tensor([[3, 1]], { dtype: 'int32' }))
  expect(rows.shape).toEqual([1, 2, 2])
  expect(await rows.data()).toEqual(new Float32Array([values[6]!, values[7]!, 0, 0]))
  rows.sum().backward()
  expect(await table.weight.grad!.data()).toEqual(new Float32Array([0, 0, 0, 0, 0, 0, 1, 1]))
})

test('a layer of one’s own that keeps the shape', async () => {
  class Double extends Activation {
    protected apply(x: Tensor): Tensor {
      return x.mul(2)
    }
  }
  const model = new Sequential(new Linear(1, 1), new Double())
  model.loadStateDict({ '0.weight': tensor([[3]]), '0.bias': tensor([1]) })
  expect(await model.forward(tensor([[2]])).item()).toBe(14)
})

test('summary shows shapes, options, frozen numbers and buffers, and draws nothing', () => {
  const network = new Network()
  network.head.requiresGrad(false)
  const before = randomState()
  const found = summary(network, [2, 4])
  expect(randomState()).toEqual(before)
  expect([found.parameters, found.trainable, found.buffers, found.bytes]).toEqual([75, 60, 4, 316])
  expect(found.rows.at(-1)).toEqual({
    path: 'head',
    type: 'Linear',
    options: '4, 3',
    outputShape: [2, 3],
    parameters: 15,
  })
  expect(found.toString()).toContain('75 parameters, 60 of them trained, 4 numbers in buffers, 316 bytes')
  expect(summary(network).toString()).not.toContain('[2, 3]')
  expect(() => summary(network, [2, 5])).toThrow(ShapeError)
})
