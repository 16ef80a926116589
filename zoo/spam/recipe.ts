import { Adam, confusionMatrix, CosineAnnealingLR, crossEntropy, evaluate, fit, predictClasses } from 'neurite'
import type { Findings, StudyContext, StudyRecipe } from '../../packages/cli/src/recipes/study.ts'
import { confusionMatrix as drawConfusion } from '../../packages/cli/src/terminal/confusion-matrix.ts'
import { percent } from '../../packages/cli/src/terminal/text.ts'
import { loadMessages } from './messages.ts'
import { SpamNetwork } from './network.ts'

const sizes = { embeddingSize: 32, hiddenSize: 32 }

export const recipe: StudyRecipe = {
  kind: 'study',
  name: 'spam',
  summary: 'is this message spam?',
  data: { sms: { summary: '5,574 text messages, of which 747 are spam (--mirror FOLDER names their place)' } },
  epochs: 12,
  batchSize: 64,
  unit: 'messages',
  study,
}

async function study(context: StudyContext): Promise<Findings> {
  const { seed, epochs, batchSize, signal, mirror, onTraining, say, columns } = context
  const { table, train, test, testTexts, repeated } = await loadMessages({ seed, mirror, signal })
  say(
    `${train.length} messages to learn from, ${test.length} others to test with; ${repeated} came twice and are left out`,
  )
  const model = new SpamNetwork(table.size, sizes)
  const optimizer = new Adam(model, { learningRate: 0.005 })
  const schedule = new CosineAnnealingLR(optimizer, {
    tMax: epochs * Math.ceil(train.length / batchSize),
    per: 'step',
  })
  const loss = crossEntropy
  await fit(model, train, { loss, optimizer, schedule, epochs, batchSize, seed, signal, onEvent: onTraining })
  const metrics = ['f1', 'precision', 'recall', 'accuracy'] as const
  const scores = await evaluate(model, test, { loss, metrics })
  const { f1, precision, recall, accuracy } = scores.metrics as Record<(typeof metrics)[number], number>
  const confusion = await confusionMatrix(model, test)
  const named = await predictClasses(model, test)
  const wrong = Array.from(named.keys()).filter((i) => named[i] !== test.example(i).target[0])
  const room = columns - 20
  return {
    results: { f1, precision, recall, accuracy, confusion, testMessages: test.length, repeated },
    lines: [
      `F1 ${f1.toFixed(4)}   precision ${percent(precision)}   recall ${percent(recall)}   accuracy ${percent(accuracy, 2)}`,
      '',
      'Confusion matrix (row: what it is; column: what the network says)',
      ...drawConfusion(confusion, test.classNames!),
      '',
      'Wrong:',
      ...wrong.slice(0, 8).map((i) => {
        const text = testTexts[i]!
        return `  taken for ${test.classNames![named[i]!]!.padEnd(5)} ${text.length > room ? `${text.slice(0, room - 3)}...` : text}`
      }),
    ],
    model,
    description: { sizes, features: table.names },
  }
}
