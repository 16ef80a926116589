import type { StudyRecipe } from '../../packages/cli/src/recipes/study.ts'
import { learnShakespeare } from '../language/course.ts'
import { TransformerLanguageModel, transformerSizes } from '../language/networks.ts'

export const recipe: StudyRecipe = {
  kind: 'study',
  name: 'transformer',
  summary: 'a small transformer learns to write like Shakespeare, character by character',
  data: { shakespeare: { summary: '1.1 million characters of plays (1 MB, downloaded once)' } },
  epochs: 1,
  batchSize: 16,
  unit: 'windows',
  study: (context) =>
    learnShakespeare(
      {
        model: (vocabulary) => new TransformerLanguageModel(vocabulary, transformerSizes),
        steps: transformerSizes.steps,
        judgedSteps: transformerSizes.steps,
        maxLearningRate: 0.003,
        sizes: transformerSizes,
      },
      context,
    ),
}
