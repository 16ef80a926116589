import { expectTypeOf, test } from 'vitest'
import {
  Activation,
  Embedding,
  Flatten,
  Identity,
  init,
  Linear,
  Module,
  type Network,
  ReLU,
  Sequential,
  type Tensor,
  zeros,
} from '../../src/index.ts'

await init()

class Own extends Module {
  forward(x: Tensor): Tensor {
    return x
  }
}

class FiveToSix extends Module {
  fc = new Linear(5, 6)
  forward(x: Tensor<[number, 5]>): Tensor<[number, 6]> {
    return this.fc.forward(x)
  }
}

test('a linear layer maps [...B, In] to [...B, Out]', () => {
  const layer = new Linear(784, 128)
  expectTypeOf(layer.forward(zeros([32, 784])).shape).toEqualTypeOf<[32, 128]>()
  expectTypeOf(layer.forward(zeros([4, 8, 784])).shape).toEqualTypeOf<[4, 8, 128]>()
  expectTypeOf(layer.forward(zeros([2, 784]) as Tensor<[number, number]>).shape).toEqualTypeOf<[number, 128]>()
  expectTypeOf(layer.forward(zeros([2, 784]) as Tensor).shape).toEqualTypeOf<[...number[], 128]>()
  // @ts-expect-error 783 features do not fit
  const wrong = (): unknown => layer.forward(zeros([32, 783]))
  expectTypeOf(wrong).toBeFunction()
})

test('a chain knows its result, through Flatten, activations and Embedding', () => {
  const model = new Sequential(new Flatten(), new Linear(784, 128), new ReLU(), new Linear(128, 10))
  expectTypeOf(model.forward(zeros([32, 1, 28, 28])).shape).toEqualTypeOf<[32, 10]>()
  expectTypeOf(model.forward(zeros([1, 784]) as Tensor<[number, 784]>).shape).toEqualTypeOf<[number, 10]>()
  const words = new Sequential(new Embedding(100, 16), new Linear(16, 4))
  expectTypeOf(words.forward(zeros([2, 7], { dtype: 'int32' })).shape).toEqualTypeOf<[2, 7, 4]>()
  const nested = new Sequential(new Linear(2, 3), new Sequential(new ReLU(), new Linear(3, 4)))
  expectTypeOf(nested.forward(zeros([5, 2])).shape).toEqualTypeOf<[5, 4]>()
})

test('layers that do not fit are errors at the layer, also behind activations and in inner chains', () => {
  const makers = [
    // @ts-expect-error Linear<784, 128> gives 128 features, Linear<64, 10> takes 64
    () => new Sequential(new Linear(784, 128), new ReLU(), new Linear(64, 10)),
    // @ts-expect-error Linear<2, 4> gives 4 features, Sequential takes 3
    () => new Sequential(new Linear(2, 4), new Sequential(new ReLU(), new Linear(3, 4))),
    // @ts-expect-error Sequential gives 4 features, Linear<5, 1> takes 5
    () => new Sequential(new Sequential(new Linear(3, 4)), new Linear(5, 1)),
    // @ts-expect-error Linear<2, 3> gives 3 features, this module takes 5
    () => new Sequential(new Linear(2, 3), new FiveToSix()),
    // @ts-expect-error this module gives 6 features, Linear<5, 1> takes 5
    () => new Sequential(new FiveToSix(), new Linear(5, 1)),
    // @ts-expect-error Embedding gives 16 features, Linear<8, 1> takes 8
    () => new Sequential(new Embedding(9, 16), new Identity(), new Linear(8, 1)),
  ]
  expectTypeOf(makers).toBeArray()
  const model = new Sequential(new ReLU(), new Linear(3, 4))
  // @ts-expect-error the input has 2 features
  const wrong = (): unknown => model.forward(zeros([1, 2]))
  expectTypeOf(wrong).toBeFunction()
})

test('what is not known passes', () => {
  const size = Number('5')
  const model = new Sequential(new Linear(2, size), new Linear(5, 3))
  expectTypeOf(model.forward(zeros([4, 2])).shape).toEqualTypeOf<[4, 3]>()
  expectTypeOf(new Sequential(new Linear(2, 3), new Own(), new Linear(7, 3))).toExtend<Module>()
  expectTypeOf(new Sequential(new FiveToSix()).forward(zeros([1, 5])).shape).toEqualTypeOf<[number, 6]>()
  const layers: Module[] = [new ReLU()]
  expectTypeOf(new Sequential(...layers)).toExtend<Module>()
  class Twice extends Activation {
    protected apply(x: Tensor): Tensor {
      return x.mul(2)
    }
  }
  expectTypeOf(new Sequential(new Linear(2, 3), new Twice()).forward(zeros([1, 2])).shape).toEqualTypeOf<[1, 3]>()
})

test('every chain is a Sequential, every layer a Network', () => {
  const chain: Sequential = new Sequential(new Linear(2, 3), new ReLU())
  expectTypeOf(chain.layers).toEqualTypeOf<readonly Module[]>()
  const networks: Network[] = [chain, new Linear(2, 3), new Own(), new Flatten(), new ReLU()]
  const layer: Linear = new Linear(2, 3)
  expectTypeOf(networks).toBeArray()
  expectTypeOf(layer.inFeatures).toEqualTypeOf<number>()
})

test('60 layers', () => {
  const r = (): ReLU => new ReLU()
  const l = (): Linear<8, 8> => new Linear(8, 8)
  // oxfmt-ignore
  const chain = new Sequential(
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    r(),
    l(),
    new Linear(8, 3),
  )
  expectTypeOf(chain.forward(zeros([2, 8])).shape).toEqualTypeOf<[2, 3]>()
})
