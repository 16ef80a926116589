/**
 * Adam by hand: the library's own optimisers are another package, which the registry does not have.
 * Arrays are freed by hand: `.ref` keeps one that is used again.
 */
export const adamOf =
  ({ numpy: np, tree }, { learningRate = 1e-3, beta1 = 0.9 } = {}) =>
  (parameters, gradient, { mean, square, time }) => {
    const next = time.add(1)
    const meanCorrection = np.subtract(1, np.power(beta1, next.ref))
    const squareCorrection = np.subtract(1, np.power(0.999, next.ref))
    const nextMean = tree.map((m, g) => m.mul(beta1).add(g.ref.mul(1 - beta1)), mean, gradient)
    const nextSquare = tree.map((v, g) => v.mul(0.999).add(np.square(g).mul(0.001)), square, gradient)
    const moved = (value, m, v) => {
      const root = np.sqrt(v.ref.div(squareCorrection.ref)).add(1e-8)
      return value.sub(m.ref.div(meanCorrection.ref).mul(learningRate).div(root))
    }
    const nextParameters = tree.map(moved, parameters, nextMean, nextSquare)
    meanCorrection.dispose()
    squareCorrection.dispose()
    return [nextParameters, { mean: nextMean, square: nextSquare, time: next }]
  }

/** What Adam remembers, before the first step. */
export const adamSlots = ({ numpy: np, tree }, parameters) => ({
  mean: tree.map((value) => np.zeros(value.shape), parameters),
  square: tree.map((value) => np.zeros(value.shape), parameters),
  time: np.array(0),
})

export const lossOf = async (loss) => (await loss.ref.data())[0]

/** Training with Adam: `lossFunction` takes the parameters, inputs and labels. */
export function training(jax, parameters, lossFunction, x, y) {
  const { tree, jit, valueAndGrad, blockUntilReady } = jax
  const adam = adamOf(jax)
  const lossAndGradient = valueAndGrad(lossFunction)
  const update = jit((parameters, slots, x, y) => {
    const [loss, gradient] = lossAndGradient(tree.ref(parameters), x, y)
    return [loss, ...adam(parameters, gradient, slots)]
  })
  let slots = adamSlots(jax, parameters)
  let loss
  const step = async () => {
    loss?.dispose()
    ;[loss, parameters, slots] = update(parameters, slots, x.ref, y.ref)
    await blockUntilReady(parameters)
    return loss
  }
  return { step, loss: lossOf }
}
