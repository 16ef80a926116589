import type { ChapterText } from '../chapter-text.ts'
import { perceptron } from './words.en.ts'

export const text: ChapterText = {
  messages: { perceptron, lossFormula: 'The share of points that are not on their own side of the line.' },
  later: () => import('./later-words.en.ts'),
  lead: 'You turned a line by hand until it fitted. Here the neuron does it alone, with a rule that has room on a matchbox: where you were wrong, add what you got wrong.',
  beats: {
    hook: {
      title: 'It begins without an opinion',
      prose: [
        'In the last chapter you set three numbers and looked at the mistakes to know where to turn them. A *perceptron* is a neuron that does this by itself. Frank Rosenblatt described it in 1958, and it was one of the first machines that learned.',
        'Forty points, each a blue ● or an orange ▲. All three numbers are 0, so the perceptron has no opinion about any of them, and having none counts as being wrong: every point has a ring. Press Play. It looks at one point after the other. Where it is right, nothing happens at all. Where it is wrong, the line jumps.',
        'With these points the eighth correction is the last. It comes with example 123. From then on every point is on its own side, and Play ends by itself: there is nothing left to learn from.',
      ],
      experiments: { begin: 'Begin again at 0' },
    },
    play: {
      title: 'Add what you got wrong',
      prose: [
        'Now the machine is open. Its two weights are drawn as an arrow, w₁ across and w₂ up. The line in the world always lies across this arrow, and the blue side is the one to which it points. The bias has a line of its own below.',
        'Begin again and press Step: it goes straight to the next mistake, which gets a square. *A ● that is wrong is added to the weights; a ▲ that is wrong is taken away from them.* Number by number: its x₁ to w₁, its x₂ to w₂, and 1 to the bias. That is the whole rule.',
        'Why does it help? Adding a point turns the arrow towards that point, and its sum grows. The next time the point is more likely to be right. Others may suffer from the turn, and that is why one round is not enough.',
        'Open one of the weights. The loss here is the share of mistakes, and its gradient is 0: a step function is a staircase, as you saw. The perceptron needs no gradient. The mistake itself says where to go.',
      ],
      experiments: { again: 'Begin again at 0' },
    },
    predict: {
      title: 'A narrower gap',
      prose: [
        'Between the two classes there is a gap: every point keeps at least 0.1 away from the line in its middle. We made 50 such data sets with 40 points each. In the middle case, the median, the perceptron needed 10 corrections.',
        'Then we made 50 more, with a gap only a quarter as wide: 0.025.',
      ],
    },
    explain: {
      title: 'Why it must come to an end',
      prose: [
        'Imagine the best line there is, the one that stays furthest away from all points. How far that is we call the margin, γ. *First:* each correction carries the weights at least γ further in the direction of that best line. *Second:* each correction makes the weights only a little longer. The square of their length grows by at most R², where R is how far out the furthest point lies.',
        'So after k corrections the weights have come at least k·γ far in one direction, and are at most √k·R long. Nothing reaches further than it is long: k·γ is at most √k·R, and therefore *k is at most (R/γ)²*. In whatever order the points come. (R and γ count the bias as a third input that is always 1.)',
        'For the forty points this allows 72 corrections, and 8 were enough. With the wide gap it allows 18 and takes 4, with the narrow one it allows 1,238 and takes 57. The bound speaks of the worst case, and the worst case is rare.',
        'The order counts as well. From 0, in 50 shuffled orders, the same forty points took 2 corrections at best and 12 at worst. Keep this run as B, choose another order or another width for A, and press Play. Both take the same steps, and the judge draws their corrections over each other.',
      ],
      experiments: { wide: 'Gap of 0.3', middle: 'Gap of 0.1', narrow: 'Gap of 0.025' },
    },
    break: {
      title: 'A liar, and a conviction',
      prose: [
        'Turn a single point to the other class: point 1, high up among the ●, now claims to be a ▲. No line has all forty right any more. There is no γ, and no bound. The perceptron mends one mistake and makes another, for ever: 44 corrections in 400 examples, and it goes on. It does not know what “nearly right” means.',
        'Or let it begin with a conviction: all three numbers are 10, and wrong. A correction is never longer than a point is far, so an arrow as long as that turns slowly. It takes 15 corrections instead of 8. The bound knows where it began and allows 76.',
        'All points are yours. Drag them, or choose what a click does, or type. The perceptron learns on from where it stands; Reset puts its numbers back to 0 and leaves your points where they are.',
      ],
      experiments: { flip: 'One point lies', conviction: 'Begin with 10, 10 and 10' },
    },
    check: {
      title: 'Your turn',
      prose: [
        'Six points with a wide gap: 2 corrections, and it is done. Can you make life hard for it? Not impossible, only hard.',
      ],
      experiments: { six: 'Six points' },
    },
    recap: {
      title: 'It learns from mistakes, and from nothing else',
      prose: [
        'The weights of a perceptron are the sum of its mistakes: every ● that it got wrong, less every ▲. Where a line exists it finds one, after at most (R/γ)² corrections. The smaller the gap, the more it may take.',
        'It finds *a* line, not the best one. It stops at the first that works, however close that passes by a point. And where there is no line it never stops. Which questions have no line, and what can be done about it, is what comes next.',
        'The program below is your run, with all points that you placed. It prints the loss of this page.',
      ],
    },
  },
  predictions: {
    gap: {
      question: 'The gap is a quarter as wide. How many corrections are needed now, in the middle case?',
      choices: {
        fewer: 'Fewer than 10',
        same: 'About 10 again',
        double: 'About twice as many',
        sixteen: 'About sixteen times as many',
      },
      explanation:
        'Over 50 data sets of 40 points the median was 4 corrections with a gap of 0.3, 10 with 0.1 and 23 with 0.025. The most were 7, 41 and 141. In a narrow gap fewer lines are right, and it takes longer to meet one of them. Sixteen times as many is what the worst case can come to; the next part shows why.',
    },
  },
  checks: {
    stubborn: {
      title: 'Hard, but not impossible',
      task: 'Place at most 8 points so that the perceptron needs more than 20 corrections from weights of 0, and yet comes to an end. It will learn them in your order and in ten other orders that you have not seen; each of them must take more than 20.',
      reasons: {
        noPoints: () => 'There are no points at all. Add some of both classes.',
        tooMany: ({ points, mostPoints }) =>
          `There are ${points} points; ${mostPoints} are allowed. Press “Six points”, or take some away.`,
        never: () =>
          'No line separates these points, so it would go on for ever. There must be a gap between ● and ▲, however small.',
        tooLong: ({ given }) =>
          `After ${given} corrections it had still not come to an end. Make the gap a little wider.`,
        tooFew: ({ updates }) =>
          `It took ${updates} corrections; more than 20 are needed. The bound is (R/γ)²: what would make γ smaller?`,
        byLuck: ({ updates, least }) =>
          `In your order it took ${updates} corrections, but in another order only ${least}. The points themselves must be hard, not only their order.`,
        solved: ({ updates, least, most }) =>
          `It took ${updates} corrections in your order, and from ${least} to ${most} over all orders, and it always came to an end. A narrow gap leaves few lines to find.`,
      },
    },
  },
}
