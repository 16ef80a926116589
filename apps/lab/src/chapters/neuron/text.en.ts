import type { ChapterText } from '../chapter-text.ts'
import { neuron } from './words.en.ts'

export const text: ChapterText = {
  messages: {
    neuron,
    lossFormula: 'The mean of (output − truth)² over all days. With a step that is the share of mistakes.',
  },
  lead: 'It multiplies, it adds up, and it answers. That is all one neuron does. Here you set its three numbers by hand and see what each of them is for.',
  beats: {
    hook: {
      title: '0.67 is enough: it fires',
      prose: [
        'Two numbers come in: 0.5 and 0.6. Each is multiplied by a *weight*, 0.5 and 0.7, which says how much that input counts. 0.5 × 0.5 is 0.25, 0.6 × 0.7 is 0.42, and together they make 0.67. A third number, the *bias*, is added whatever comes in; here it is 0.',
        'The neuron asks one question about the sum: does it reach the *threshold*? The threshold is 0.5, and 0.67 reaches it. The neuron fires: it answers 1. Below the threshold it would answer 0.',
        'Press Play to see it add up once more, or Step to go one operation at a time. Then move a slider, and watch the bars. With a weight of 0.3 for the second input the sum is 0.43, and the neuron stays silent.',
      ],
      experiments: { begin: 'Begin again with 0.67' },
    },
    play: {
      title: 'Take an umbrella?',
      prose: [
        'Now let it decide something. Thirty days, and of each we know two things between 0 and 1: how many clouds there were in the morning, and how humid the air was. A blue ● means that an umbrella was needed, an orange ▲ that it was not. The place of the diamond is today.',
        'The background shows what the neuron says about every place: blue where it fires, orange where it does not. Between them runs a straight line. A ring marks every day on which it is wrong.',
        'The threshold has moved: to ask whether a sum reaches 0.5 is the same as to add −0.5 and ask whether it reaches 0. So from here on the bias is −0.5 and the threshold is 0. It is the very same neuron, with the very same line.',
        'As it stands, 16 of 30 days are right. Move the line: drag the round handle to shift it and the square one to turn it, or use the fields and sliders.',
      ],
      experiments: { days: 'Show the thirty days' },
    },
    predict: {
      title: 'Everything doubled',
      prose: [
        'Before you go on: the weights are 0.5 and 0.7, the bias is −0.5. Somebody doubles all three, to 1, 1.4 and −1. Each sum is now twice as large as before.',
      ],
    },
    explain: {
      title: 'Turn, shift, and be sure',
      prose: [
        '*Weights turn the line.* The arrow on it shows in which direction they point, and the line always lies across it. Give one input more weight, and the neuron listens more to it: the line turns towards the other axis.',
        '*The bias shifts the line.* It moves away from the origin or towards it, without turning. Its distance is the size of the bias divided by the length of the weights; you find both below the judge.',
        '*The size of all three makes no difference to the line, but to how sure the neuron is.* With a step that cannot be seen: 0 or 1, nothing between. So let us take a softer activation, the *sigmoid*. It gives 0.5 on the line and goes towards 0 and 1 on both sides; the longer the weights, the faster. Try the three buttons: the line stays, the colours do not.',
        'There are other activations. Tanh does the same between −1 and 1. ReLU gives 0 on one side, and on the other the sum itself.',
      ],
      experiments: { plain: 'Weights 0.5 and 0.7', double: 'All doubled', tenfold: 'All ten times' },
    },
    break: {
      title: 'Three ways to say nothing',
      prose: [
        'Set both weights to 0, and there is no line any more. Whatever comes in, the answer is the same: the neuron has an opinion, but it does not look.',
        'Take the step and open one of the weights. Its gradient is 0: change it a little, and usually no day changes sides, so the loss stays where it is. The loss is a staircase, and on a stair nothing tells you which way is down. That is why the perceptron in the next chapter needs a rule of its own, and why later networks use softer activations.',
        'A ReLU neuron whose bias is so low that no day reaches it gives 0 everywhere, and its gradients are 0 too. Nothing will ever wake it up by itself.',
      ],
      experiments: { zero: 'Both weights 0', flat: 'A step, to open a weight', silent: 'A ReLU that no day reaches' },
    },
    check: {
      title: 'Your turn',
      prose: [
        'Two exercises for your hands. The first is about where the line lies, the second about how sure the neuron is. Nothing learns here: the numbers are what you make them. And a line that suits thirty days is worth little if it fails on the next ones, so the first exercise is decided by 300 days that you cannot see.',
      ],
      experiments: { again: 'Begin the first exercise', sure: 'Begin the second exercise' },
    },
    recap: {
      title: 'A line, and how sure it is',
      prose: [
        'One neuron: two products, a sum, a bias, an activation. Its weights turn a straight line, its bias shifts it, and their size decides how sure it is on both sides. That is all it can do, and a surprising amount can be done with it.',
        'You have set three numbers by hand, and with every change you looked at the mistakes to know where to go. A network has thousands or billions of numbers: it must find them itself. The program below is your neuron, with all that you changed; it prints the loss of this page.',
      ],
    },
  },
  predictions: {
    double: {
      question: 'What happens to the line when both weights and the bias are doubled?',
      choices: {
        no: 'It stays where it is',
        shift: 'It shifts',
        turn: 'It turns',
      },
      explanation:
        'The line is where the sum is exactly 0, and twice 0 is still 0. Everywhere else the sum has doubled: the neuron says the same about every place, only more firmly.',
    },
  },
  checks: {
    days: {
      title: '28 of 30',
      task: 'Set the two weights and the bias so that at least 28 of the 30 days are right. Then your neuron is tried on 300 other days, and at least 270 of them must be right.',
      reasons: {
        otherData: () => 'This exercise is about the thirty days: choose Umbrella under Data.',
        easierData: () => 'These are not the thirty days of this chapter. Choose Umbrella under Data to get them back.',
        notYet: ({ right, of, least }) =>
          `${right} of ${of} days are right; ${least} are needed. Look at the rings: are they on one side of the line (shift it), or on one side at one end and on the other at the other end (turn it)?`,
        notFresh: ({ right, of, fresh, freshOf, leastFresh }) =>
          `${right} of your ${of} days are right, but only ${fresh} of the ${freshOf} others; ${leastFresh} are needed. Many lines suit thirty days. Let yours run through the middle of the gap between rain and no rain, and leave a day that lies on the wrong side of all others wrong.`,
        solved: ({ right, of, fresh, freshOf }) =>
          `${right} of ${of} days are right, and ${fresh} of ${freshOf} that you have not seen. One day of the thirty did not keep to any rule; no line has to get it right.`,
      },
    },
    unsure: {
      title: 'The same line, half as sure',
      task: 'This neuron has a sigmoid and long weights. Bring every output nearer to 0.5 by making the weights exactly half as long, but leave the line where it is: turned by less than one degree, and its distance within one per cent.',
      reasons: {
        notSigmoid: () => 'This exercise needs the sigmoid: press “Begin the second exercise”.',
        noLine: () => 'Both weights are 0, so there is no line at all.',
        turned: () => 'The line has turned. Both weights must shrink in the same proportion.',
        shifted: ({ distance, wanted }) =>
          `The line has shifted: it was ${wanted} from the origin and is now ${distance}. Its distance is the bias divided by the length of the weights; what does that mean for the bias?`,
        notHalf: ({ length, half }) =>
          `The line is where it was. The weights are ${length} long, and ${half} would be half of what they were.`,
        solved: ({ length, before }) =>
          `The weights were ${before} long and are ${length} now, and the line has not moved. All three numbers had to be halved.`,
      },
    },
  },
}
