import type { ChapterText } from '../chapter-text.ts'
import { plane } from './words.en.ts'

export const text: ChapterText = {
  messages: {
    plane,
    lossFormula: 'The mean over all training points of −log(the probability given to the true class).',
  },
  lead: 'One neuron can only draw one straight line. Here you give a network neurons that nobody outside ever sees, and watch what they draw.',
  beats: {
    hook: {
      title: 'One line is not enough',
      prose: [
        'Four clouds of points lie in the corners of a square. Opposite corners belong together: blue with blue, orange with orange. This is the exclusive-or problem, XOR for short, and it ended the first great hope in neural networks.',
        'The network on this page has a single hidden neuron. Press Play. The background shows what the network says about every place; the thick line is where it changes its mind. However long it trains, one line leaves at least one corner wrong: three of four is the best it can do.',
      ],
      experiments: { one: 'Begin again with one neuron' },
    },
    predict: {
      title: 'How many neurons does it take?',
      prose: [
        'Each hidden neuron looks at the two inputs and draws a line of its own. The output looks at the hidden neurons only. Before you try: how many hidden neurons does this network need?',
      ],
    },
    play: {
      title: 'Two lines make a strip',
      prose: [
        'Now the machine is open. In each square you see the whole world through the eyes of one neuron: blue where it is positive, orange where it is negative. The wires are weights: the wider, the stronger; dashed means negative. The thin lines in the world are where each hidden neuron switches sides.',
        'With two neurons the network can paint the strip between two lines in one colour and the rest in the other. That is enough for XOR, *if* training finds it. Press New weights a few times: from about half of all starts it gets stuck. With three neurons it nearly always succeeds.',
        'Click on any neuron to see its sum, and on any number with dots below to change it. The card shows what the gradient promises and what really happens.',
      ],
      experiments: { two: 'Two neurons, 600 steps', three: 'Three neurons, 600 steps' },
    },
    explain: {
      title: 'The hidden layer folds the world',
      prose: [
        'The output neuron is still a single neuron. It can still only draw one straight line. How can it separate what no line separates? Because it does not look at the world. It looks at what the hidden neurons tell: one number each, a new place for every point.',
        'The picture “As the last layer sees it” shows these new places. The grid of the world is bent and folded until the two classes lie on two sides of a straight line. *Learning, here, is finding a good fold.*',
        'A ring needs at least three neurons: two lines make a strip or a corner, three close a triangle around the middle. Open a neuron and switch it off to see what it was for.',
      ],
      experiments: { fold: 'Fold the four corners', ring: 'Close a ring' },
    },
    break: {
      title: 'When neurons die',
      prose: [
        'The activation ReLU passes positive sums on and turns negative ones into 0. It is fast and popular, but a neuron whose sum is negative for every point gives 0 everywhere. Its slope is 0 too, so no step ever changes it again. It is *dead*.',
        'Tanh neurons do not die: their slope gets small but is never exactly 0. With ReLU, two neurons solve XOR from only about four of ten starts, and in a third of the failures one of the two is dead. The doctor below the machine tells you which one and why.',
        'A learning rate that is far too large breaks a network in another way. Try it: nothing on this page can be damaged.',
      ],
      experiments: { dead: 'A start that ends with a dead neuron', fast: 'A learning rate a hundred times too large' },
    },
    check: {
      title: 'Your turn',
      prose: [
        'Two exercises. The live network on this page is judged on 500 fresh points that it has never seen, so learning the training points by heart does not help.',
      ],
    },
    recap: {
      title: 'What hidden neurons buy',
      prose: [
        'Hidden neurons draw lines; the next layer combines them. One layer turned out to be enough for every shape here, if it is wide enough. So why do people build deep networks?',
        'Two networks with 105 numbers each, on the spiral, 20 starts, 6,000 steps. With tanh, two layers of 8 reach 95 % of fresh points in 18 of 20 runs; one layer of 26 does so in 2. Depth buys a lot: the second layer folds what is folded already. With ReLU it is the other way round here: 14 of 20 for the deep one, 20 of 20 for the wide one. *Depth beats width* is a rule with exceptions, and you have just met one.',
        'Keep a run as B, change a single thing in A, and let both train from the same seed. That is how every claim on this page was measured, and how you can check it.',
      ],
      experiments: { deep: 'Spiral with 8 and 8', wide: 'Spiral with 26' },
    },
  },
  predictions: {
    units: {
      question: 'What is the smallest number of hidden tanh neurons with which XOR is learned from nearly every start?',
      choices: { '1': 'one', '2': 'two', '3': 'three', '8': 'eight' },
      explanation:
        'Of 40 starts with 3,000 steps each, one neuron solved none, two solved 21, three solved 39, four solved all 40. Two lines are enough to draw the answer, but not always to find it: a spare neuron gives training another way around.',
    },
  },
  checks: {
    circle: {
      title: 'A ring for 13 numbers',
      task: 'Choose the circle. Build a network with at most 13 numbers to learn that gets at least 97 % of fresh points right. You may use New weights at most 8 times.',
      reasons: {
        otherData: () => 'This exercise is about the circle: choose it under Data.',
        easierData: () => 'The circle was made easier. Choose Circle under Data to get the original back.',
        tooMany: ({ parameters, most }) => `Your network learns ${parameters} numbers; ${most} are allowed.`,
        tooOften: ({ renewals, most }) =>
          `You used New weights ${renewals} times; ${most} are allowed. Begin the attempt again.`,
        notYet: ({ fresh, least }) =>
          `${fresh} % of 500 fresh points are right; ${least} % are needed. Train longer, or think about how many lines close a ring.`,
        solved: ({ fresh, parameters }) =>
          `${fresh} % of 500 fresh points are right, with ${parameters} numbers. Three lines close a ring.`,
      },
    },
    dead: {
      title: 'Explain a failure',
      task: 'Find a ReLU network that failed, with a dead neuron in it, and say which neuron is dead. A neuron is dead when it gives 0 for more than nine of ten training points.',
      reasons: {
        notRelu: () => 'Only ReLU neurons die. Choose ReLU under Activation.',
        notFailed: ({ train }) =>
          `This network has not failed: ${train} % of its points are right. Train longer or take new weights.`,
        noneDead: () => 'This network failed for another reason: none of its neurons is dead. Try other weights.',
        noAnswer: () => 'Choose the neuron that is dead.',
        alive: ({ unit }) => `Neuron ${unit} is alive: look for the one whose picture is empty.`,
        found: ({ unit }) =>
          `Neuron ${unit} gives 0 nearly everywhere, and its slope is 0 with it. The rest of the network has to do without.`,
      },
    },
  },
}
