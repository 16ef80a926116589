import type { ChapterText } from '../chapter-text.ts'
import { pass } from './words.en.ts'

export const text: ChapterText = {
  messages: { pass, lossFormula: '(output − target)² for this example.' },
  lead: 'The network has said something wrong. Nine numbers took part. Here you follow the blame back through every one of them, one operation at a time.',
  beats: {
    hook: {
      title: 'Forward: one operation after the other',
      prose: [
        'Two inputs, two hidden neurons, one output: nine numbers to learn. Written out, the network is nothing but multiplications, additions and a curve called σ, which squeezes any number between 0 and 1.',
        'Press the arrow under the machine and watch the values travel to the right, one box at a time. Each box shows its own small sum. At the end stands the loss L: the square of what the output y misses the target t by.',
        'You can go back at any time, and drag the slider to any place of the pass. Looking changes nothing.',
      ],
      experiments: { begin: 'Begin with the first example' },
    },
    explain: {
      title: 'Backward: incoming times local',
      prose: [
        'Now keep going. After the loss the pass turns round. Each box asks one question: *if my result grew by a little, how much would the loss grow?* That number is its gradient, its share of the blame.',
        'A box never needs to know the whole network. It gets the gradient of its result from the right, multiplies it with its own small slope, and passes the product to the left. For a multiplication the slope towards one factor is the other factor. For an addition it is 1. For σ it is h · (1 − h). *Incoming × local = outgoing*, and nothing else happens anywhere.',
        'Where a value was used twice, two streams of blame meet, and they add up. Look at x₁: it feeds both hidden neurons.',
      ],
    },
    predict: {
      title: 'What does it cost?',
      prose: [
        'There is a simpler way to find a slope: nudge one weight a little, run the network again, and see how the loss changes. It needs one more evaluation for every weight: nine here, 105 for a network of the chapter on hidden layers, billions for a language model.',
      ],
    },
    play: {
      title: 'Two ways, one answer',
      prose: [
        'The table under the judge shows all nine gradients twice: from one backward sweep, and from nudging each weight by a ten-thousandth both ways. They agree to six digits and more. Where they would not, one of the two would be wrong: this is how people test backpropagation.',
        'Open any weight and change it. The card shows the change of the loss that its gradient promises and the one that really happens. For small changes they agree; for large ones the curve has bent away.',
        'Press Step: every weight moves against its gradient, all at the same time. Then run the pass again and see how the blame has shrunk.',
      ],
    },
    break: {
      title: 'Blame that gets stuck',
      prose: [
        'The slope of σ is at most a quarter, and almost 0 where its value is close to 0 or 1. With a bias of 12 the first hidden neuron gives 0.99999 whatever goes in. Go through its backward pass: its local slope is near zero, so almost none of the blame gets through to w₁₁, w₁₂ and b₁.',
        'It is worse when the output itself is stuck at the wrong end. Then the loss is as large as it can be, and still nothing learns: every path to every weight leads through that flat place. Chapters to come will stack many such factors; each one is another chance for blame to fade.',
        'Press Reset, keep that run as B, then saturate the output of A, and press Play: both take the same steps. After 100 of them B has a loss of 0.0014, and A still has one of almost 1.',
      ],
      experiments: { saturate: 'Saturate the first hidden neuron', stuck: 'Saturate the output, at the wrong end' },
    },
    check: {
      title: 'Your turn',
      prose: [
        'First an example with three blanks: some gradients are hidden, and you fill them in from what stands beside them. Then one with all nine hidden. The boxes still show values and everything else that flows; multiply your way back.',
      ],
      experiments: { three: 'Next example, three blanks', all: 'Another example, all blank' },
    },
    recap: {
      title: 'One sweep, every slope',
      prose: [
        'A forward pass computes the loss and keeps every value on the way. One backward sweep over the same operations then gives the slope for *every* number at once, whether there are nine or nine billion. Nothing in it is deeper than incoming × local.',
        'The same sweep is what the library runs when it says `loss.backward()`. The program below takes your steps and prints the loss of this page.',
      ],
    },
  },
  predictions: {
    price: {
      question:
        'A network has 105 weights. About how many evaluations of the network does backpropagation cost to get all 105 slopes?',
      choices: {
        '1': 'about one more',
        '9': 'about 9',
        '105': '105, one for each weight',
        '210': '210, two for each weight',
      },
      explanation:
        'The backward sweep visits every operation once, as the forward pass does, and works about as hard there. Nudging needs one evaluation per weight, or two for a good slope: 105 or 210 of them.',
    },
  },
  checks: {
    gradient: {
      title: 'Fill in a gradient',
      task: 'Take an example other than the first, before any training. What is the gradient of w₁₁? Your answer may be off by one per cent.',
      reasons: {
        sameExample: () => 'The first example was worked for you. Take the next one, with blanks.',
        trained: () => 'This run has been trained. Press Reset, so that the gradient is the one of the beginning.',
        noNumber: () => 'Write a number, like −0.012 or −0,012.',
        sign: () => 'The size is right. Look at the sign: which way would the loss move?',
        wrong: () => 'Walk back from L: incoming times local at each box, down to the multiplication of w₁₁ and x₁.',
        right: ({ wanted }) => `The gradient of w₁₁ is ${wanted}. You have done by hand what the library does.`,
      },
    },
    best: {
      title: 'One number may move',
      task: 'You may move one single weight by 0.1, up or down. Which one cuts the loss most? The model tries all nine.',
      choices: { w11: 'w₁₁', w12: 'w₁₂', b1: 'b₁', w21: 'w₂₁', w22: 'w₂₂', b2: 'b₂', v1: 'v₁', v2: 'v₂', c: 'c' },
      reasons: {
        noAnswer: () => 'Choose one of the nine.',
        other: ({ chosen, drop }) =>
          `Moving ${chosen} cuts the loss by ${drop}. Another one cuts it more: look for the largest gradient, whatever its sign.`,
        found: ({ best, most }) => `Moving ${best} cuts the loss by ${most}, the most of all nine.`,
      },
    },
  },
}
