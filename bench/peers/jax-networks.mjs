// T3 to T7 and I2 to I4 in jax-js. Pictures are [batch, channels, height, width], tokens [time, batch].
import { fingerprint, hiddenSize, networkOf, tokens, transformerSizes, vocabulary } from '../networks.mjs'
import { adamOf, adamSlots, lossOf, training } from './jax-training.mjs'
import { timeMajor, transposed } from './layouts.mjs'

function parts(jax) {
  const { numpy: np, nn } = jax
  const array = ({ shape, data }) => np.array(data).reshape(shape)
  const crossEntropy = (logits, labels) => {
    const [rows, classes] = logits.shape
    return nn
      .logSoftmax(logits, -1)
      .mul(nn.oneHot(labels, classes))
      .sum()
      .mul(-1 / rows)
  }
  /** A linear layer's weight is transposed once, a convolution's bias is made to fit its channels. */
  const layer = (parameters, name) => {
    const { [`${name}.weight`]: weight, [`${name}.bias`]: bias } = parameters
    if (weight.shape.length === 2) return { weight: array(transposed(weight)), bias: array(bias) }
    return { weight: array(weight), bias: array({ ...bias, shape: [bias.shape[0], 1, 1] }) }
  }
  const dense = (x, { weight, bias }) => np.matmul(x, weight).add(bias)
  // The gradient of `take` fails under jit.
  const embed = (weight, ids) => np.matmul(nn.oneHot(ids, vocabulary), weight)
  /** Scaled to mean 0 and variance 1 over `axes`. */
  const normalised = (x, axes) => {
    const centred = x.ref.sub(x.mean(axes, { keepdims: true }))
    const variance = np.square(centred.ref).mean(axes, { keepdims: true })
    return centred.div(np.sqrt(variance.add(1e-5)))
  }
  return { array, crossEntropy, layer, dense, embed, normalised }
}

function pictures(jax) {
  const { lax, nn } = jax
  const { layer, dense } = parts(jax)
  const parametersOf = (given) => ['0', '2', '6', '8'].map((name) => layer(given, name))
  const forward = ([first, second, third, last], x) => {
    let hidden = nn.relu(lax.conv(x, first.weight, [1, 1], 'VALID').add(first.bias))
    hidden = nn.relu(lax.conv(hidden, second.weight, [1, 1], 'VALID').add(second.bias))
    const [batch, channels, height, width] = hidden.shape
    // reduceWindow is slower and has no gradient.
    hidden = hidden.reshape([batch, channels, height / 2, 2, width / 2, 2]).max([3, 5])
    return dense(nn.relu(dense(hidden.reshape([batch, -1]), third)), last)
  }
  return { parametersOf, forward }
}

function characters(jax, gates) {
  const { numpy: np, nn } = jax
  const { array, layer, dense, embed } = parts(jax)
  const parametersOf = (given) => ({
    embedding: array(given['embedding.weight']),
    input: array(transposed(given['recurrent.weight_ih_l0'])),
    recurrent: array(transposed(given['recurrent.weight_hh_l0'])),
    inputBias: array(given['recurrent.bias_ih_l0']),
    recurrentBias: array(given['recurrent.bias_hh_l0']),
    output: layer(given, 'output'),
  })
  const forward = ({ embedding, input, recurrent, inputBias, recurrentBias, output }, ids) => {
    const [length, batch] = ids.shape
    const x = embed(embedding, ids.reshape([length * batch]))
    const projected = np.matmul(x, input).add(inputBias).add(recurrentBias)
    const steps = np.split(projected.reshape([length, batch, gates * hiddenSize]), length, 0)
    let hidden = np.zeros([batch, hiddenSize])
    let cell = np.zeros([batch, hiddenSize])
    const states = steps.map((step, time) => {
      const isLast = time === length - 1
      const weight = isLast ? recurrent : recurrent.ref
      const sum = step.reshape([batch, gates * hiddenSize]).add(np.matmul(hidden, weight))
      let state
      if (gates === 1) {
        state = np.tanh(sum)
      } else {
        const [enter, keep, candidate, leave] = np.split(sum, 4, 1)
        cell = nn
          .sigmoid(keep)
          .mul(cell)
          .add(nn.sigmoid(enter).mul(np.tanh(candidate)))
        state = nn.sigmoid(leave).mul(np.tanh(isLast ? cell : cell.ref))
      }
      hidden = isLast ? state : state.ref
      return state
    })
    if (gates === 1) cell.dispose()
    return dense(np.concatenate(states, 0), output)
  }
  return { parametersOf, forward }
}

function languageModel(jax) {
  const { numpy: np, nn } = jax
  const { array, crossEntropy, layer, dense, embed, normalised } = parts(jax)
  const { width, heads, layers, batch } = transformerSizes
  const norm = (given, name) => ({ weight: array(given[`${name}.weight`]), bias: array(given[`${name}.bias`]) })
  const parametersOf = (given) => ({
    embedding: array(given['embedding.weight']),
    position: array(given.position),
    blocks: Array.from({ length: layers }, (_, index) => {
      const name = `layers.${index}`
      const attention = `${name}.self_attn`
      return {
        norm1: norm(given, `${name}.norm1`),
        project: {
          weight: array(transposed(given[`${attention}.in_proj_weight`])),
          bias: array(given[`${attention}.in_proj_bias`]),
        },
        join: layer(given, `${attention}.out_proj`),
        norm2: norm(given, `${name}.norm2`),
        linear1: layer(given, `${name}.linear1`),
        linear2: layer(given, `${name}.linear2`),
      }
    }),
    norm: norm(given, 'norm'),
    output: layer(given, 'output'),
  })
  const layerNorm = (x, { weight, bias }) => normalised(x, -1).mul(weight).add(bias)
  const forward = (parameters, ids) => {
    const rows = batch * tokens
    const embedded = embed(parameters.embedding, ids).reshape([batch, tokens, width]).add(parameters.position)
    const last = parameters.blocks.reduce(
      (x, block) => {
        const projected = dense(layerNorm(x.ref, block.norm1), block.project)
        const [query, key, value] = np
          .split(projected.reshape([batch, tokens, 3, heads, width / heads]), 3, 2)
          .map((part) => part.reshape([batch, tokens, heads, width / heads]))
        const seen = nn.dotProductAttention(query, key, value, { isCausal: true })
        const joined = x.add(dense(seen.reshape([rows, width]), block.join))
        const inner = nn.relu(dense(layerNorm(joined.ref, block.norm2), block.linear1))
        return joined.add(dense(inner, block.linear2))
      },
      embedded.reshape([rows, width]),
    )
    return dense(layerNorm(last, parameters.norm), parameters.output)
  }
  return { parametersOf, forward, crossEntropy }
}

function adversaries(jax) {
  const { numpy: np, nn, lax, tree, jit, valueAndGrad, blockUntilReady } = jax
  const { array, layer, dense, normalised } = parts(jax)
  const { parameters: given, batch } = networkOf('T6')
  const channels = (name) => array({ data: given[name].data, shape: [1, given[name].shape[0], 1, 1] })
  const norm = (name) => ({ weight: channels(`${name}.weight`), bias: channels(`${name}.bias`) })
  let generator = {
    dense: layer(given, 'generator.0'),
    norm1: norm('generator.2'),
    first: layer(given, 'generator.4'),
    norm2: norm('generator.5'),
    second: layer(given, 'generator.7'),
  }
  let discriminator = ['0', '2', '5'].map((name) => layer(given, `discriminator.${name}`))
  const padding = [
    [1, 1],
    [1, 1],
  ]
  const batchNorm = (x, { weight, bias }) => normalised(x, [0, 2, 3]).mul(weight).add(bias)
  const grow = (x, { weight, bias }) =>
    lax.convTranspose(x, weight, [2, 2], padding, { transposeKernel: true }).add(bias)
  const make = (parameters, noise) => {
    const small = dense(noise, parameters.dense).reshape([-1, 128, 7, 7])
    const middle = grow(nn.relu(batchNorm(small, parameters.norm1)), parameters.first)
    return np.tanh(grow(nn.relu(batchNorm(middle, parameters.norm2)), parameters.second))
  }
  const halve = (x, { weight, bias }) => nn.leakyRelu(lax.conv(x, weight, [2, 2], padding).add(bias), 0.2)
  const judge = ([first, second, last], x) => dense(halve(halve(x, first), second).reshape([-1, 6272]), last)
  const isReal = (logits) => nn.softplus(logits.mul(-1)).mean()
  const isMade = (logits) => nn.softplus(logits).mean()

  const judging = valueAndGrad((discriminator, x, fake) =>
    isReal(judge(tree.ref(discriminator), x)).add(isMade(judge(discriminator, fake))),
  )
  const making = valueAndGrad((generator, discriminator, noise) => isReal(judge(discriminator, make(generator, noise))))
  const adam = adamOf(jax, { learningRate: 2e-4, beta1: 0.5 })
  const updateDiscriminator = jit((discriminator, slots, generator, x, noise) => {
    const [loss, gradient] = judging(tree.ref(discriminator), x, make(generator, noise))
    return [loss, ...adam(discriminator, gradient, slots)]
  })
  const updateGenerator = jit((generator, slots, discriminator, noise) => {
    const [loss, gradient] = making(tree.ref(generator), discriminator, noise)
    return [loss, ...adam(generator, gradient, slots)]
  })
  let discriminatorSlots = adamSlots(jax, discriminator)
  let generatorSlots = adamSlots(jax, generator)
  const [pictures, noise, moreNoise] = ['pictures', 'noise', 'moreNoise'].map((name) => array(batch[name]))
  let loss
  let deceived
  const step = async () => {
    loss?.dispose()
    deceived?.dispose()
    ;[loss, discriminator, discriminatorSlots] = updateDiscriminator(
      discriminator,
      discriminatorSlots,
      tree.ref(generator),
      pictures.ref,
      noise.ref,
    )
    ;[deceived, generator, generatorSlots] = updateGenerator(
      generator,
      generatorSlots,
      tree.ref(discriminator),
      moreNoise.ref,
    )
    await blockUntilReady(generator)
    return loss
  }
  return { step, loss: lossOf, agree: lossOf }
}

const networks = {
  T3: pictures,
  T4: (jax) => characters(jax, 1),
  T5: (jax) => characters(jax, 4),
  T7: languageModel,
  I2: pictures,
  I3: (jax) => characters(jax, 4),
  I4: pictures,
}

export function networkWorkload(jax, name) {
  if (name === 'T6') return adversaries(jax)
  const { numpy: np, jit, tree } = jax
  const { array, crossEntropy } = parts(jax)
  const { parametersOf, forward } = networks[name](jax)
  const {
    parameters: given,
    batch: { inputs, labels },
  } = networkOf(name)
  const parameters = parametersOf(given)
  const isRecurrent = ['T4', 'T5', 'I3'].includes(name)
  const x = isRecurrent
    ? np.array(timeMajor(inputs)).reshape([tokens, -1])
    : name === 'T7'
      ? np.array(inputs.data)
      : array(inputs)
  if (name.startsWith('T')) {
    const y = np.array(isRecurrent ? timeMajor(labels) : labels.data)
    const { step, loss } = training(
      jax,
      parameters,
      (parameters, x, y) => crossEntropy(forward(parameters, x), y),
      x,
      y,
    )
    return { step, loss, agree: loss }
  }
  const run = jit(forward)
  return { step: () => run(tree.ref(parameters), x.ref).data(), agree: fingerprint }
}
