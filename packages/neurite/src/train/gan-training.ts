import { requireNumber } from '../option-checks.ts'
import { DataLoader } from '../data/data-loader.ts'
import type { Dataset } from '../data/index.ts'
import { ArgumentError, ShapeError, StateError } from '../errors.ts'
import { Module, type Network } from '../nn/index.ts'
import { requireKnownOptions, requireSize } from '../nn/options.ts'
import { type AnyOptimizer, gradNorm } from '../optim/index.ts'
import { currentSeed } from '../tensor/for-modules.ts'
import {
  assignStates,
  type Compiled,
  compile,
  fromData,
  noGrad,
  rand,
  randn,
  type StateAssignment,
  type Tensor,
  where,
} from '../tensor/index.ts'
import { numberOf } from './batches.ts'
import { isLoader, requireData } from './checks.ts'
import { GAN_LOSSES, gradientPenalty } from './gan-losses.ts'
import type { GanOptions, GanPlayers, GanResult, GanStep } from './gan.ts'
import { Slices } from '../data/pause.ts'

const KNOWN = ['latentShape', 'loss', 'discriminatorSteps', 'gradientPenalty', 'average', 'epochs', 'batchSize'].concat(
  ['seed', 'onStep', 'signal'],
)

/** What `trainGan` promises. */
export async function runGan(players: GanPlayers, data: Dataset | DataLoader, options: GanOptions): Promise<GanResult> {
  const loader = check(players, data, options)
  const { epochs = 1, discriminatorSteps = 1, onStep, signal } = options
  const started = performance.now()
  const programs = makePrograms(players, options)
  const slices = new Slices()
  const history: GanStep[] = []
  let [step, stopped] = [0, false]
  // Real batches that the discriminator has seen since the last step of the generator.
  let [seen, discriminatorLoss] = [0, 0]
  players.generator.train()
  players.discriminator.train()
  loader.restore({ epoch: 0, position: 0 })
  try {
    for (let epoch = 1; epoch <= epochs && !stopped; epoch++) {
      const first = step
      const sums = { generator: 0, discriminator: 0 }
      for (const { inputs, inputShape, size } of loader) {
        const critic = programs.discriminator(fromData(inputs, inputShape))
        discriminatorLoss += finite('discriminator', critic, step, players.discriminatorOptimizer)
        if (++seen < discriminatorSteps) continue
        const generatorLoss = finite('generator', programs.generator(size), step, players.generatorOptimizer)
        step++
        const told = { epoch, step, generatorLoss, discriminatorLoss: discriminatorLoss / seen }
        seen = 0
        discriminatorLoss = 0
        sums.generator += told.generatorLoss
        sums.discriminator += told.discriminatorLoss
        const answer = onStep?.(told)
        stopped = (answer instanceof Promise ? await answer : answer) === false || signal?.aborted === true
        if (stopped) break
        await slices.pause()
      }
      const count = step - first
      if (stopped || count === 0) continue
      const means = { generatorLoss: sums.generator / count, discriminatorLoss: sums.discriminator / count }
      history.push({ epoch, step, ...means })
    }
  } finally {
    programs.free()
  }
  return { history, steps: step, stopped, seconds: (performance.now() - started) / 1000 }
}

interface Programs {
  readonly discriminator: Compiled<[Tensor], Tensor>
  /** Takes the number of examples. */
  readonly generator: (size: number) => Tensor
  free(): void
}

/** One program for each player: what the other one is plays along, but does not move. */
function makePrograms(players: GanPlayers, options: GanOptions): Programs {
  const { generator, discriminator, generatorOptimizer, discriminatorOptimizer } = players
  const { latentShape, loss = 'nonSaturating', average } = options
  const { gradientPenalty: factor = loss === 'wasserstein' ? 10 : 0 } = options
  const losses = GAN_LOSSES[loss]
  const noise = (size: number): Tensor => randn([size, ...latentShape], { stream: 'noise' })
  const judge = (x: Tensor): Tensor => {
    const output = discriminator.forward(x)
    if (output.size === x.shape[0]) return output.reshape([output.size])
    throw new ShapeError({
      what: `trainGan: the discriminator gives a tensor of shape [${output.shape.join(', ')}]`,
      expected: `one number for each of ${x.shape[0]} examples`,
      fix: 'end it with a layer of one output',
    })
  }
  const discriminate = compile((real: Tensor) => {
    const size = real.shape[0]!
    const made: Tensor = noGrad(() => generator.forward(noise(size)))
    requireAlikeExamples(real, made)
    const value = losses.discriminator(judge(real), judge(made))
    const mix = (): Tensor =>
      rand(
        real.shape.map((length, axis) => (axis === 0 ? length : 1)),
        { stream: 'penalty' },
      )
    const total = factor === 0 ? value : value.add(gradientPenalty(judge, real, made, mix()).mul(factor))
    return moved(total, discriminatorOptimizer)
  })
  const makers = new Map<number, Compiled<[], Tensor>>()
  const generate = (size: number): Tensor => {
    let program = makers.get(size)
    if (program === undefined) {
      program = compile(() => {
        const value = moved(losses.generator(judge(generator.forward(noise(size)))), generatorOptimizer)
        if (average !== undefined) follow(average.model, generator, average.decay ?? 0.999)
        return value
      })
      makers.set(size, program)
    }
    return program()
  }
  const free = (): void => {
    discriminate.free()
    for (const program of makers.values()) program.free()
  }
  return { discriminator: discriminate, generator: generate, free }
}

/** Moves the parameters of an optimiser, and gives the loss; NaN where it or a gradient is not finite: then nothing moves. */
function moved(loss: Tensor, optimizer: AnyOptimizer): Tensor {
  optimizer.zeroGrad()
  loss.backward()
  const norm = noGrad(() => gradNorm(optimizer.parameters()))
  const isFinite = noGrad(() => loss.abs().add(norm).less(Infinity)) as Tensor<[], 'bool'>
  optimizer.step({ onlyIf: isFinite })
  return where(isFinite, loss.detach(), NaN)
}

/** Moves the parameters of `model` a little towards those of `source`, and copies its buffers. */
function follow(model: Network, source: Network, decay: number): void {
  noGrad(() => {
    const sources = new Map([...source.namedParameters(), ...source.namedBuffers()])
    const assignments: StateAssignment[] = []
    for (const [name, own] of model.namedParameters()) {
      assignments.push([
        own,
        own.add(
          sources
            .get(name)!
            .sub(own)
            .mul(1 - decay),
        ),
      ])
    }
    for (const [name, own] of model.namedBuffers()) assignments.push([own, sources.get(name)!])
    assignStates(assignments)
  })
}

function finite(player: string, loss: Tensor, step: number, optimizer: AnyOptimizer): number {
  const value = numberOf(loss)
  if (Number.isFinite(value)) return value
  optimizer.takeBack()
  throw new StateError({
    what: `trainGan: the loss of the ${player} in step ${step + 1}, or its gradient, is not finite`,
    expected: 'finite numbers; the step was withheld',
    fix: 'lower the learning rates, normalise the data, or use the loss hinge or wasserstein',
  })
}

function requireAlikeExamples(real: Tensor, made: Tensor): void {
  if (real.shape.join() === made.shape.join()) return
  throw new ShapeError({
    what: `trainGan: examples have shape [${real.shape.slice(1).join(', ')}], the generator makes [${made.shape.slice(1).join(', ')}]`,
    expected: 'equal shapes',
    fix: 'change the last layer of the generator, or the data',
  })
}

function check(players: GanPlayers, data: Dataset | DataLoader, options: GanOptions): DataLoader {
  requireKnownOptions('trainGan', options, KNOWN)
  const wrong = (what: string, expected: string, fix: string): ArgumentError =>
    new ArgumentError({ what: `trainGan: ${what}`, expected, fix })
  for (const name of ['generator', 'discriminator'] as const) {
    if (players[name] instanceof Module) continue
    throw wrong(`the ${name} is ${String(players[name])}`, 'a module', 'pass both networks and their optimisers')
  }
  const { latentShape, loss, discriminatorSteps, epochs, batchSize, average, seed } = options
  if (!Array.isArray(latentShape)) {
    throw wrong(`latentShape is ${String(latentShape)}`, 'a shape such as [64]', 'pass the shape of one noise')
  }
  if (loss !== undefined && !Object.hasOwn(GAN_LOSSES, loss)) {
    throw wrong(`the loss is '${loss}'`, Object.keys(GAN_LOSSES).join(', '), 'use one of these')
  }
  for (const [name, value] of Object.entries({ discriminatorSteps, epochs, batchSize })) {
    if (value !== undefined) requireSize('trainGan', name, value)
  }
  requireNumber('trainGan', 'gradientPenalty', options.gradientPenalty ?? 0, { least: 0 })
  if (average !== undefined) {
    requireNumber('trainGan', 'average.decay', average.decay ?? 0, { least: 0, most: 1 })
    // Throws where the architecture differs. The average starts where the generator is.
    average.model.loadStateDict(players.generator.stateDict())
  }
  const { generatorOptimizer, discriminatorOptimizer, generator, discriminator } = players
  for (const [own, other] of [
    [generatorOptimizer, discriminator],
    [discriminatorOptimizer, generator],
  ] as const) {
    const parameters = new Set(other.parameters())
    if (!own.parameters().some((parameter) => parameters.has(parameter))) continue
    throw wrong('an optimiser moves the other player', 'one optimiser for each', 'make each with its own network')
  }
  requireData('trainGan', data)
  if (isLoader(data)) {
    if (batchSize === undefined && seed === undefined) return data
    throw wrong('batchSize or seed is given together with a DataLoader', 'one of them', 'pass them to new DataLoader')
  }
  return new DataLoader(data, {
    batchSize: batchSize ?? 64,
    shuffle: true,
    seed: seed ?? currentSeed(),
    dropLast: true,
  })
}
