import type { GanStep } from 'neurite'
import type { StudyContext } from '../recipes/study.ts'

/**
 * Tells the steps of a GAN as events of a training, for `onStep` of `trainGan`: the loss is the generator's, the
 * discriminator's is a metric beside it.
 */
export function ganEvents(
  { epochs, batchSize, onTraining }: Pick<StudyContext, 'epochs' | 'batchSize' | 'onTraining'>,
  stepsPerEpoch: number,
  learningRateAt: (step: number) => number,
): (step: GanStep) => void {
  const started = performance.now()
  let sums = { generator: 0, discriminator: 0 }
  let epochStarted = started
  return ({ epoch, step, generatorLoss, discriminatorLoss }) => {
    const now = performance.now()
    const seconds = (now - started) / 1000
    const examplesPerSecond = (step * batchSize) / seconds
    const learningRate = learningRateAt(step)
    const stepInEpoch = step - (epoch - 1) * stepsPerEpoch
    onTraining({
      type: 'step',
      epoch,
      epochs,
      step,
      stepInEpoch,
      stepsPerEpoch,
      learningRate,
      examplesPerSecond,
      seconds,
      secondsLeft: (seconds / step) * (epochs * stepsPerEpoch - step),
      loss: generatorLoss,
      metrics: { discriminator: discriminatorLoss },
    })
    sums.generator += generatorLoss
    sums.discriminator += discriminatorLoss
    if (stepInEpoch < stepsPerEpoch) return
    onTraining({
      type: 'epoch',
      epoch,
      epochs,
      learningRate,
      examplesPerSecond,
      seconds: (now - epochStarted) / 1000,
      loss: sums.generator / stepsPerEpoch,
      metrics: { discriminator: sums.discriminator / stepsPerEpoch },
    })
    sums = { generator: 0, discriminator: 0 }
    epochStarted = now
  }
}
