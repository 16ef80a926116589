import { fromData, noGrad } from 'neurite'
import type { Tensor } from 'neurite'
import type { TensorDataset } from 'neurite/data'
import type { Output } from '../output.ts'
import type { GreyPicture } from '../pictures/grey-picture.ts'
import type { LayerStack } from '../recipes/recipe.ts'
import { probabilityBars } from '../terminal/bars.ts'
import { drawPicture } from '../terminal/picture.ts'
import { indent, percent, sideBySide } from '../terminal/text.ts'
import { largest } from './predictions.ts'
import { pictureOf } from './report.ts'

/** Where the text of a line about an epoch begins. */
const textColumn = 12

/** One picture that the network does not learn from, and is asked about again and again while it learns. */
export class ShownExample {
  readonly label: number
  readonly picture: GreyPicture
  private readonly drawn: readonly string[]
  private readonly model: LayerStack
  private readonly inputShape: readonly number[]
  private readonly names: readonly string[]

  constructor(model: LayerStack, test: TensorDataset) {
    const { input, target } = test.example(0)
    const [height, width] = test.inputShape.slice(-2) as [number, number]
    this.model = model
    this.inputShape = test.inputShape
    this.names = test.classNames ?? []
    this.label = target[0]!
    this.picture = { pixels: Float32Array.from(input), width, height }
    this.drawn = drawPicture(pictureOf(test, 0))
  }

  /** The probability of each class, as the network is at this moment. */
  probabilities(): Promise<Float32Array> {
    const input = fromData(this.picture.pixels.slice(), [1, ...this.inputShape]) as Tensor
    // Dropout and the like are still while it is asked; what is recorded here is read before the next step.
    this.model.eval()
    const output = noGrad((): Tensor => this.model.forward(input).softmax(1))
    this.model.train()
    return output.data() as Promise<Float32Array>
  }

  /** Shows the picture, and what the network says before it has learned anything. */
  async introduce(output: Output): Promise<void> {
    const probabilities = await this.probabilities()
    const [said, sure] = this.best(probabilities)
    output.say(
      'It will not learn from this one. The untrained network is asked all the same:',
      '',
      ...indent(sideBySide([this.drawn, probabilityBars(probabilities, this.names)], 4)),
      '',
      `It is ${this.names[this.label]!}; the network says ${this.names[said]!} (${sure}). It knows nothing yet: this is chance.`,
      'After each epoch it is asked again.',
      '',
    )
    this.tell(0, probabilities, output)
  }

  /** Asks again after an epoch; gives the line that says the answer. */
  async askAgain(epoch: number, output: Output): Promise<string> {
    const probabilities = await this.probabilities()
    const [said, sure] = this.best(probabilities)
    this.tell(epoch, probabilities, output)
    const verdict = said === this.label ? 'right' : `wrong, it is ${this.names[this.label]!}`
    return `${' '.repeat(textColumn)}asked again, it says ${this.names[said]!} (${sure}): ${verdict}`
  }

  private best(probabilities: Float32Array): [number, string] {
    const said = largest(probabilities)
    return [said, percent(probabilities[said]!)]
  }

  private tell(epoch: number, probabilities: Float32Array, output: Output): void {
    const name = (label: number): string => this.names[label]!
    output.event('guess', {
      epoch,
      actual: name(this.label),
      says: name(largest(probabilities)),
      probabilities: Object.fromEntries(Array.from(probabilities, (value, label) => [name(label), value])),
    })
  }
}
