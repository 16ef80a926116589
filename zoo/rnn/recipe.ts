import { RNN } from 'neurite'
import type { StudyRecipe } from '../../packages/cli/src/recipes/study.ts'
import { learnShakespeare } from '../language/course.ts'
import { RecurrentLanguageModel } from '../language/networks.ts'

const sizes = { embeddingSize: 64, hiddenSize: 256 }

export const recipe: StudyRecipe = {
  kind: 'study',
  name: 'rnn',
  summary: 'a plain recurrent network learns to write like Shakespeare, character by character',
  data: { shakespeare: { summary: '1.1 million characters of plays (1 MB, downloaded once)' } },
  epochs: 1,
  batchSize: 32,
  unit: 'windows',
  study: (context) =>
    learnShakespeare(
      {
        model: (vocabulary) =>
          new RecurrentLanguageModel(vocabulary, new RNN(sizes.embeddingSize, sizes.hiddenSize, { batchFirst: true })),
        steps: 64,
        judgedSteps: 1024,
        maxLearningRate: 0.002,
        sizes,
      },
      context,
    ),
}
