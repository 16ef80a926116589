// T3 to T7 and I2 to I4 in TensorFlow.js. Pictures are [batch, height, width, channels], as its kernels want them.
import { fingerprint, hiddenSize, networkOf, tokens, transformerSizes, vocabulary } from '../networks.mjs'
import { oneHot } from '../data.mjs'
import { permuted, timeMajor, transposed } from './layouts.mjs'

function parts(tf) {
  const variable = ({ shape, data }) => tf.variable(tf.tensor(data, shape))
  const linear = (given, name) => ({
    weight: variable(transposed(given[`${name}.weight`])),
    bias: variable(given[`${name}.bias`]),
  })
  /** Filters as [height, width, inputs, outputs]; those of a transposed convolution as [height, width, outputs, inputs]. */
  const filters = (given, name) => ({
    weight: variable(permuted(given[`${name}.weight`], [2, 3, 1, 0])),
    bias: variable(given[`${name}.bias`]),
  })
  /** A linear layer over flattened pictures: its inputs come with the channels last. */
  const flatLinear = (given, name, [channels, height, width]) => {
    const { shape, data } = given[`${name}.weight`]
    const last = permuted({ shape: [shape[0], channels, height, width], data }, [2, 3, 1, 0])
    return { weight: variable({ shape: [shape[1], shape[0]], data: last.data }), bias: variable(given[`${name}.bias`]) }
  }
  const dense = (x, { weight, bias }) => x.matMul(weight).add(bias)
  const normalised = (x, axes, { weight, bias }) => {
    const { mean, variance } = tf.moments(x, axes, true)
    return x.sub(mean).mul(variance.add(1e-5).rsqrt()).mul(weight).add(bias)
  }
  return { variable, linear, filters, flatLinear, dense, normalised }
}

/** As one of depth 1, since the backend wasm has gradients of conv3d but not of conv2d. */
function convolution(tf, viaDepth) {
  if (!viaDepth) return (x, { weight, bias }, stride, pad) => x.conv2d(weight, stride, pad).add(bias)
  return (x, { weight, bias }, stride, pad) => {
    const [batch, ...picture] = x.shape
    const deep = tf.conv3d(
      x.reshape([batch, 1, ...picture]),
      weight.reshape([1, ...weight.shape]),
      [1, stride, stride],
      pad,
    )
    const [, , ...result] = deep.shape
    return deep.reshape([batch, ...result]).add(bias)
  }
}

function transposedConvolution(tf, viaDepth) {
  return (x, { weight, bias }) => {
    const [batch, height, width, channels] = x.shape
    const shape = [batch, 2 * height, 2 * width, weight.shape[2]]
    if (!viaDepth) return tf.conv2dTranspose(x, weight, shape, 2, 'same').add(bias)
    const deep = x.reshape([batch, 1, height, width, channels])
    const deepWeight = weight.reshape([1, ...weight.shape])
    const grown = tf.conv3dTranspose(deep, deepWeight, [batch, 1, ...shape.slice(1)], [1, 2, 2], 'same')
    return grown.reshape(shape).add(bias)
  }
}

function pictures(tf, given, viaDepth) {
  const { filters, linear, flatLinear, dense } = parts(tf)
  const convolve = convolution(tf, viaDepth)
  const [first, second] = ['0', '2'].map((name) => filters(given, name))
  const third = flatLinear(given, '6', [64, 12, 12])
  const last = linear(given, '8')
  return (x) => {
    const hidden = convolve(convolve(x, first, 1, 'valid').relu(), second, 1, 'valid')
      .relu()
      .maxPool(2, 2, 'valid')
    return dense(dense(hidden.reshape([x.shape[0], -1]), third).relu(), last)
  }
}

/** `x` is [time * batch, vocabulary], one-hot, for training, since the backend wasm has no gradient of an embedding. */
function characters(tf, given, gates) {
  const { variable, linear, dense } = parts(tf)
  const embedding = variable(given['embedding.weight'])
  const [input, recurrent] = ['ih', 'hh'].map((name) => variable(transposed(given[`recurrent.weight_${name}_l0`])))
  const [inputBias, recurrentBias] = ['ih', 'hh'].map((name) => variable(given[`recurrent.bias_${name}_l0`]))
  const output = linear(given, 'output')
  return (x) => {
    const embedded = x.rank === 2 ? x.matMul(embedding) : tf.gather(embedding, x)
    const projected = embedded.matMul(input).add(inputBias).add(recurrentBias)
    const batch = embedded.shape[0] / tokens
    let hidden = tf.zeros([batch, hiddenSize])
    let cell = tf.zeros([batch, hiddenSize])
    const states = tf.unstack(projected.reshape([tokens, batch, gates * hiddenSize])).map((step) => {
      const sum = step.add(hidden.matMul(recurrent))
      if (gates === 1) {
        hidden = sum.tanh()
      } else {
        const [enter, keep, candidate, leave] = tf.split(sum, 4, 1)
        cell = keep.sigmoid().mul(cell).add(enter.sigmoid().mul(candidate.tanh()))
        hidden = leave.sigmoid().mul(cell.tanh())
      }
      return hidden
    })
    return dense(tf.concat(states, 0), output)
  }
}

function languageModel(tf, given) {
  const { variable, linear, dense, normalised } = parts(tf)
  const { width, heads, layers, batch } = transformerSizes
  const size = width / heads
  const norm = (name) => ({ weight: variable(given[`${name}.weight`]), bias: variable(given[`${name}.bias`]) })
  const embedding = variable(given['embedding.weight'])
  const position = variable(given.position)
  const blocks = Array.from({ length: layers }, (_, index) => {
    const name = `layers.${index}`
    const attention = `${name}.self_attn`
    return {
      norm1: norm(`${name}.norm1`),
      project: {
        weight: variable(transposed(given[`${attention}.in_proj_weight`])),
        bias: variable(given[`${attention}.in_proj_bias`]),
      },
      join: linear(given, `${attention}.out_proj`),
      norm2: norm(`${name}.norm2`),
      linear1: linear(given, `${name}.linear1`),
      linear2: linear(given, `${name}.linear2`),
    }
  })
  const lastNorm = norm('norm')
  const output = linear(given, 'output')
  const hides = Float32Array.from({ length: tokens * tokens }, (_, i) =>
    i % tokens > Math.floor(i / tokens) ? -1e9 : 0,
  )
  const mask = tf.tensor2d(hides, [tokens, tokens])
  return (x) => {
    const rows = batch * tokens
    let hidden = x.matMul(embedding).reshape([batch, tokens, width]).add(position).reshape([rows, width])
    for (const block of blocks) {
      const projected = dense(normalised(hidden, -1, block.norm1), block.project)
      const [query, key, value] = tf.split(
        projected
          .reshape([batch, tokens, 3, heads, size])
          .transpose([2, 0, 3, 1, 4])
          .reshape([3 * batch, heads, tokens, size]),
        3,
        0,
      )
      const scores = tf.matMul(query, key, false, true).div(Math.sqrt(size)).add(mask)
      const seen = tf.softmax(scores).matMul(value).transpose([0, 2, 1, 3]).reshape([rows, width])
      hidden = hidden.add(dense(seen, block.join))
      hidden = hidden.add(dense(dense(normalised(hidden, -1, block.norm2), block.linear1).relu(), block.linear2))
    }
    return dense(normalised(hidden, -1, lastNorm), output)
  }
}

function adversaries(tf, viaDepth) {
  const { parameters: given, batch } = networkOf('T6')
  const { variable, filters, flatLinear, dense, normalised } = parts(tf)
  const convolve = convolution(tf, viaDepth)
  const grow = transposedConvolution(tf, viaDepth)
  const channelsLast = ({ data }, inputs) => permuted({ shape: [128, 7, 7, inputs], data }, [3, 1, 2, 0]).data
  const first = {
    weight: variable({ shape: [100, 6272], data: channelsLast(given['generator.0.weight'], 100) }),
    bias: variable({ shape: [6272], data: channelsLast(given['generator.0.bias'], 1) }),
  }
  const norm = (name) => ({ weight: variable(given[`${name}.weight`]), bias: variable(given[`${name}.bias`]) })
  const [norm1, norm2] = ['2', '5'].map((name) => norm(`generator.${name}`))
  const [second, third] = ['4', '7'].map((name) => filters(given, `generator.${name}`))
  const make = (noise) => {
    const small = normalised(dense(noise, first).reshape([-1, 7, 7, 128]), [0, 1, 2], norm1).relu()
    return grow(normalised(grow(small, second), [0, 1, 2], norm2).relu(), third).tanh()
  }
  const halves = ['0', '2'].map((name) => filters(given, `discriminator.${name}`))
  const last = flatLinear(given, 'discriminator.5', [128, 7, 7])
  const judge = (x) =>
    dense(
      halves.reduce((hidden, half) => tf.leakyRelu(convolve(hidden, half, 2, 'same'), 0.2), x).reshape([64, -1]),
      last,
    )

  const variables = (...layers) => layers.flatMap(({ weight, bias }) => [weight, bias])
  const ofGenerator = variables(first, norm1, second, norm2, third)
  const ofDiscriminator = variables(...halves, last)
  const [discriminatorOptimizer, generatorOptimizer] = [0, 1].map(() => tf.train.adam(2e-4, 0.5, 0.999, 1e-8))
  const ones = tf.ones([64, 1])
  const zeros = tf.zeros([64, 1])
  const lossOf = tf.losses.sigmoidCrossEntropy
  const real = tf.tensor4d(batch.pictures.data, [64, 28, 28, 1])
  const [noise, moreNoise] = ['noise', 'moreNoise'].map((name) => tf.tensor2d(batch[name].data, [64, 100]))
  let loss
  return {
    step() {
      loss?.dispose()
      loss = tf.tidy(() => {
        const fake = make(noise)
        const judged = () => lossOf(ones, judge(real)).add(lossOf(zeros, judge(fake)))
        const result = discriminatorOptimizer.minimize(judged, true, ofDiscriminator)
        generatorOptimizer.minimize(() => lossOf(ones, judge(make(moreNoise))), false, ofGenerator)
        return result
      })
      return loss
    },
    loss: (result) => result.dataSync()[0],
    agree: (result) => result.dataSync()[0],
  }
}

const networks = {
  T3: pictures,
  T4: (tf, given) => characters(tf, given, 1),
  T5: (tf, given) => characters(tf, given, 4),
  T7: languageModel,
  I2: pictures,
  I3: (tf, given) => characters(tf, given, 4),
  I4: pictures,
}

export function networkWorkload(tf, name, backend, training) {
  const isTraining = name.startsWith('T')
  const viaDepth = backend === 'wasm' && isTraining
  if (name === 'T6') return adversaries(tf, viaDepth)
  const {
    parameters,
    batch: { inputs, labels },
  } = networkOf(name)
  const forward = networks[name](tf, parameters, viaDepth)
  const isPicture = inputs.shape.length === 4
  const inOrder = (values) => (name === 'T7' || isPicture ? values.data : timeMajor(values))
  if (!isTraining) {
    const x = isPicture ? tf.tensor4d(inputs.data, [inputs.shape[0], 28, 28, 1]) : tf.tensor1d(inOrder(inputs), 'int32')
    return { step: () => tf.tidy(() => forward(x).dataSync()), agree: fingerprint }
  }
  const rows = labels.data.length
  const x = isPicture
    ? tf.tensor4d(inputs.data, [rows, 28, 28, 1])
    : tf.tensor2d(oneHot(inOrder(inputs), vocabulary), [rows, vocabulary])
  const classes = isPicture ? 10 : vocabulary
  const y = tf.tensor2d(oneHot(inOrder(labels), classes), [rows, classes])
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8)
  const { step, loss } = training(optimizer, () => tf.losses.softmaxCrossEntropy(y, forward(x)))
  return { step, loss, agree: loss }
}
