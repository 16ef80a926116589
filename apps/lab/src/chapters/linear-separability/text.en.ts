import type { ChapterText } from '../chapter-text.ts'
import { truth } from './words.en.ts'

export const text: ChapterText = {
  messages: {
    lossFormula:
      'With a step: the share of rows that are wrong. With a sigmoid: the mean over the rows of −log(the probability given to the truth).',
  },
  lead: 'Two switches and one lamp, four cases in all. It looks like the smallest task there is, and one neuron cannot do it. Here you find out why, and what helps.',
  beats: {
    hook: {
      title: 'One lamp, two switches',
      prose: [
        'A lamp on the stairs has two switches, one below and one above. Whichever you press, the lamp changes. So it is on when exactly one of the switches is up: one or the other, but not both. This rule is called *exclusive or*, in short XOR.',
        'The picture shows all four cases. Across is the first switch, upwards the second; 0 is down and 1 is up. A blue ● means that the lamp should be on, an orange ▲ that it should be off. Behind them you see what one neuron says about every place, and its straight line.',
        'Move the line so that all four cases are right. Drag the round handle to shift it and the square one to turn it, or use the fields and sliders. The judge counts the lines that you have tried. If you would like an easy one first, take AND: there the lamp is on only when both switches are up.',
        'Enough? Three of four is the best there is. A program has tried 68,921 lines for this page, each of the three numbers from −2 to 2 in steps of 0.1. Not one of them had all four right.',
      ],
      experiments: { and: 'First an easy one: AND', xor: 'The lamp: XOR' },
    },
    predict: {
      title: 'Let it try by itself',
      prose: [
        'Perhaps it is not the line that is missing, but patience. A perceptron has all the patience in the world: it looks at the four rows in turn, 00, 01, 10, 11, and then at the first one again. Whenever it is wrong, it corrects its weights.',
      ],
    },
    play: {
      title: 'Round and round',
      prose: [
        'Now the machine is open. Press Step to look at one row. If it is right, nothing changes. If it is wrong, its inputs are added to the weights, or taken away where the lamp should have been off. The bias has an input that is always 1.',
        'Then press Play. After step 13 the weights are exactly what they were after step 9, and the same row comes next. That is a proof, not an impression: nothing but the weights and the row decides what happens next. What followed from this place once will follow from it again, for ever.',
        'Open “One time round” below the ring. Each row is wrong once when its turn comes; two are added, two are taken away, and together they make exactly 0. Four corrections, and nothing was learned.',
        'It is not bad luck with the start either. Press New weights as often as you like: from 100 starts, all 100 ended in such a ring of four steps. On AND the same perceptron comes to rest.',
      ],
      experiments: { tail: 'Back to the start', round: '24 steps on XOR', easy: '24 steps on AND' },
    },
    explain: {
      title: 'What lies between',
      prose: [
        'Why is there no line? Draw a stretch between the two blue points, and another between the two orange ones. They cross in the middle of the square.',
        'One side of a straight line has no bays: where two points lie on it, everything between them does as well. So the whole blue stretch would have to be on the blue side, and the whole orange one on the orange side. But the middle belongs to both. It cannot be on two sides at once. *There is no such line*, whatever the weights, the rule or the patience.',
        'A class together with all that lies between its points is called its *convex hull*. Where the hulls of two classes meet, no line divides them; where they do not, one does. Turn an answer of the table round, and see which hulls meet. Turn the points, and the hulls turn with them: they cross as before.',
        'A softer neuron is no way out. With a sigmoid it learns from all four rows at once, a *logistic unit*. It does not go round: it slides to the only place where nothing pulls it any more. There all its weights are 0, and it answers 0.5 to everything. Its loss is 0.6931, which is what pure guessing costs.',
      ],
      experiments: {
        cross: 'Show where they cross',
        turned: 'Turned by 30 degrees',
        smooth: 'The logistic unit, 200 steps',
      },
    },
    break: {
      title: 'Not a better line: a new input',
      prose: [
        'The training is not to blame, so no training will help. What helps is to tell the neuron something else. Give it a third input x₃, made of the two that it has. It is still one neuron: three products, a bias, a sum.',
        'With a third number each point has a height. In the picture “With a third input” the floor is the old square, and the line has become a plane. If one stretch passes above the other, a plane fits between them.',
        'Not every new number is of use. x₁ + x₂ says nothing that the neuron could not add up by itself: both stretches rise, and they still meet. x₁² is just as empty here, for 0² is 0 and 1² is 1: it is x₁ once more. But turn the points by 45 degrees, and x₁² is all that was missing. Whether a *feature* is good depends on the data.',
        'See for yourself: keep XOR without a third input as B, choose one for A, and press Play. Both take the same steps, and the judge draws their corrections over each other. A curve that has stopped climbing has learned its table.',
      ],
      experiments: { sum: 'With x₁ + x₂', other: 'Turned by 45 degrees, with x₁²' },
    },
    check: {
      title: 'Your turn',
      prose: [
        'Two exercises. In the first, perceptrons that are trained while you wait decide who is right. In the second, your neuron is trained from 20 starts that you have not seen, each with an order of the rows of its own.',
      ],
    },
    recap: {
      title: 'One straight cut',
      prose: [
        'One neuron divides its inputs with one straight cut. For two inputs that can be 0 or 1 there are 16 tables; 14 of them can be had with one cut, and two cannot: XOR and its opposite. In 1969 Marvin Minsky and Seymour Papert filled a book with such limits, and for years hardly anybody believed in neural networks any more.',
        'The way out is always the same: new inputs in which the classes no longer meet. Here you chose one by hand, because you could see what was missing. In a photograph with a million points nobody sees that. In the next chapter the network makes its features itself, and that is what hidden neurons are for.',
        'The program below is your run, with all that you changed. It prints the loss of this page.',
      ],
      experiments: { again: 'Begin again' },
    },
  },
  predictions: {
    weights: {
      question: 'The perceptron goes through the four rows of XOR again and again. What will its weights do?',
      choices: {
        settle: 'They settle where three of four are right',
        grow: 'They grow and grow',
        return: 'They come back to where they were',
      },
      explanation:
        'From 100 different starts, the same weights stood before the same row a second time after 29 steps at most; from then on everything repeats itself. They cannot settle, because a perceptron rests only where it makes no mistake at all.',
    },
  },
  checks: {
    tables: {
      title: 'Sixteen tables',
      task: 'Two inputs have four cases, and each is answered with 0 or 1: that makes 16 tables. Mark those that no straight line can divide. Then a perceptron is trained on each of the 16, from five starts.',
      reasons: {
        noAnswer: () => 'Nothing is marked. You have met a table for which there is no line.',
        wronged: ({ right, wronged }) =>
          `${right} of 16 are right. Of the tables that you marked, a perceptron has learned ${wronged}: there a line exists.`,
        overlooked: ({ right, overlooked }) =>
          `${right} of 16 are right. Those that you marked are marked rightly, but there is no line for ${overlooked} more.`,
        sorted: ({ learned, most }) =>
          `All 16 are right. Perceptrons learned ${learned} of them, with ${most} corrections at most. On the other two they came back to weights that they had had before, from every start.`,
      },
    },
    feature: {
      title: 'XOR with one neuron',
      task: 'Find a third input with which one neuron learns XOR, with the points not turned. Choose it under “Third input”.',
      reasons: {
        otherTable: () => 'This exercise is about XOR: choose it under Table.',
        turned: () => 'Turn the points back to 0 degrees.',
        noFeature: () => 'The neuron has its two inputs and no more. Choose a third one.',
        notOne: ({ starts }) =>
          `From none of ${starts} starts was XOR learned. Look at the picture “With a third input”: do the two stretches still meet?`,
        notAll: ({ learned, starts }) =>
          `XOR was learned from ${learned} of ${starts} starts. It should be all of them; is the learning rate too large?`,
        solved: ({ starts, most }) =>
          `XOR was learned from all ${starts} starts, with ${most} corrections at most. x₃ is 1 only where both switches are up: exactly the case in which adding up the switches goes wrong.`,
        solvedSmoothly: ({ starts }) =>
          `XOR was learned from all ${starts} starts. x₃ is 1 only where both switches are up: exactly the case in which adding up the switches goes wrong.`,
      },
    },
  },
  truth,
  later: () => import('./later-words.en.ts'),
}
