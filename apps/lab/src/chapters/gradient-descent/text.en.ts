import type { ChapterText } from '../chapter-text.ts'
import { surface } from './words.en.ts'

export const text: ChapterText = {
  messages: { surface, lossFormula: 'The mean of (answer − y)² over all examples.' },
  later: () => import('./later-words.en.ts'),
  lead: 'Learning is going downhill: change the weights so that the loss falls. The slope tells you which way is down. It does not tell you how far to go, and that is where training goes wrong most often.',
  beats: {
    hook: {
      title: 'Every place is a pair of weights',
      prose: [
        'Forty measurements. Each has two lengths, x₁ in centimetres and x₂ in millimetres, and a number y that should come out. The machine answers w₁ × x₁ + w₂ × x₂. How far off it is, squared and averaged over all forty, is the *loss*.',
        'Each place on the map is one choice of w₁ and w₂, and the loss there is its height. The lines join places of equal height. The cross marks the lowest point, w₁ = 2 and w₂ = 2. Even there the loss is 0.82: measurements have errors, and no weights explain them away.',
        'The run starts at w₁ = 1, w₂ = 1. It does not see the map. All it knows is the *gradient* of the place where it stands: how steep the loss is along w₁ and along w₂. It goes the other way, as far as the gradient times the *learning rate*, here 0.01. Then it looks again. Click on the map to start somewhere else.',
      ],
      experiments: { begin: 'Begin again at (1, 1)' },
    },
    predict: {
      title: 'Twice as far?',
      prose: [
        'With a learning rate of 0.01, the first step lands on the floor of the valley: the loss falls from 51.3 to 1.31. After that it creeps. Along the floor the slope is a hundred times gentler, and it takes 688 steps to come within 0.001 of the lowest point. Longer steps would get there sooner.',
      ],
    },
    explain: {
      title: 'How far is too far?',
      prose: [
        'The new picture cuts the landscape open along the next step. The curve is the loss. The dashed line is what the slope promises: that it goes down like this for ever. The hollow mark is the promise after one step, the filled mark is what will happen. For a short step they agree. The longer the step, the more the *curvature* decides.',
        'Curvature is how fast the slope itself changes. Across this valley it is 100, along its floor only 1. The largest is called *λmax*. A step with the rate 1/λmax, here 0.01, ends just at the bottom of the steepest cut. With a longer one it crosses the bottom. With 2/λmax, here 0.02, it lands as high on the other side as it stood before, and beyond that every step climbs.',
        'So look at “Rate × λmax”: below 1 it stays on its side of the valley, between 1 and 2 it goes to and fro, above 2 it runs away. That is the trouble with a long valley. Its steep walls forbid the long steps that its flat floor would need.',
        'Why is it so long? Only because millimetres make numbers ten times as large as centimetres do. With both lengths in the same unit this valley would be round. That is why inputs are scaled before training.',
      ],
      experiments: { small: 'Rate 0.004', floor: 'Rate 0.01', zigzag: 'Rate 0.0195', away: 'Rate 0.021' },
    },
    noise: {
      title: 'A handful at a time',
      prose: [
        'So far, each step looked at all forty measurements. Nobody does that with millions of them. One takes a small *batch*, makes a step, and goes on with the next batch. Each batch has a landscape of its own, and its slope is only roughly the right one.',
        'The thin lines on the map show where each batch of this epoch would send the next step. High on the wall they agree. Near the lowest point they contradict each other, and the run wanders about instead of arriving.',
        'How far it wanders can be measured. We took 5 orders of the examples and looked at steps 1,500 to 2,000. With a rate of 0.01, batches of 4 stay 0.05 away from the lowest point on average, batches of 10 only 0.02. A smaller rate calms them: with 0.003, batches of 4 stay 0.015 away, but they need longer to get there.',
      ],
      experiments: { four: 'Batches of 4', ten: 'Batches of 10', calm: 'Batches of 4, rate 0.003' },
    },
    network: {
      title: 'A network is no bowl',
      prose: [
        'The straight fit has a single valley. A network with hidden neurons is different. This one has to tell the four corners of chapter 4 apart: two inputs, four tanh neurons, one output, 17 weights. Its landscape has 17 dimensions, and no map can show that. So we lay a plane through three of its places. The untrained network is at (0, 0). Two trained ones are A at (1, 0) and B at (0, 1). The run may only move on this plane.',
        'From (0, 0) it ends in A. From (−0.5, 1) it ends in B. From (0, −0.5) it ends in a hollow with a loss of 0.30, where A has 0.025. Down there, nothing tells it of deeper places: the gradient is *local*. Of 49 starts spread evenly over the map, 17 ended in A, 21 in B, and 11 in one of two hollows.',
        'The curvature is different everywhere, too. It is 18.8 in A and 12.6 in B, so A bears rates up to 0.106 and B up to 0.158. With 0.14, a run settles in B, but in A it goes to and fro for ever.',
      ],
      experiments: {
        toA: 'From (0, 0)',
        toB: 'From (−0.5, 1)',
        hollow: 'From (0, −0.5)',
        jump: 'Near A, rate 0.14',
      },
    },
    check: {
      title: 'How far dare you go?',
      prose: [
        'Two exercises. The first one takes place in another valley, whose walls have another steepness: the rates from above do not help you there, but what you know about them does.',
        'In the second one you get a new control. *Momentum* carries a part of each step on into the next, as a ball goes on rolling. Across the valley the pushes cancel out, along its floor they add up.',
      ],
      experiments: { other: 'To the other valley', seventy: 'Back to the first valley' },
    },
    recap: {
      title: 'Down is easy, far is hard',
      prose: [
        'The gradient says which way is down, for the place where you stand and for no other. How far to go is your choice. 1/λmax is the longest step that crosses nothing, beyond 2/λmax nothing holds, and in a network λmax changes from place to place.',
        'Momentum makes long valleys short. The textbook’s choice for this one is the rate 4/121 with momentum 81/121; with it the run is there for good after 58 steps, where plain descent needs more than 340 at any rate. With 0.028 and 0.72 it comes within 0.001 after 35 steps, rolls out once more, and stays from step 49 on: swinging out costs the rest.',
        'Keep a run as B, change one thing in A, and let both go. The program below repeats your run and prints the loss of this page. One question is left: this fit has two weights, and real networks have millions. Where does the gradient of all of them come from? That is the next chapter.',
      ],
    },
  },
  predictions: {
    twice: {
      question: 'What happens with a learning rate of 0.021, about twice as large?',
      choices: {
        faster: 'It arrives about twice as fast',
        zigzag: 'It goes to and fro across the valley, and arrives',
        away: 'It runs away and never comes back',
      },
      explanation:
        'Each step crosses the valley and ends 10 % further from its floor than it began. After 425 steps the loss is too large a number for float32, and training stops. With 0.0198 it still arrives, after 361 steps; from 0.02 on it never does.',
    },
  },
  checks: {
    largest: {
      title: 'The largest rate that holds',
      task: 'Go to the other valley and look around there. What is the largest learning rate with which plain descent does not run away? The checker starts at (1, 1) and takes 200 steps with 0.9 times and with 1.1 times your number. The first run has to come down, the second has to run away.',
      reasons: {
        otherLandscape: () => 'This exercise is about the other valley: go there with the button above.',
        noAnswer: () => 'Write your learning rate as a number above 0.',
        tooHigh: ({ low }) => `With ${low}, nine tenths of your number, the run already runs away. Dare less.`,
        tooLow: ({ high }) =>
          `With ${high}, a tenth more than your number, the run still comes down. You can dare more.`,
        solved: ({ low, high }) =>
          `With ${low} it comes down, with ${high} it runs away. The border lies at 2/λmax, whatever the valley.`,
      },
    },
    seventy: {
      title: 'There for good in 70 steps',
      task: 'Go back to the first valley. Choose a learning rate and a momentum with which a run from (1, 1), all forty measurements in each step, stays within 0.001 of the lowest point from step 70 on.',
      reasons: {
        otherLandscape: () => 'This exercise is about the first valley: go back there with the button above.',
        batches: () => 'Batches never come to rest. Let each step look at all examples.',
        never: () => 'With these two numbers it does not come to rest within 400 steps.',
        plain: ({ settled }) =>
          `It stays there from step ${settled} on. Without momentum more than 340 steps are needed at any rate.`,
        late: ({ settled, latest }) =>
          `It stays there from step ${settled} on; wanted is ${latest} or earlier. If it swings to and fro for long, there is too much momentum; if it creeps, too little of it or of the rate.`,
        solved: ({ settled }) =>
          `From step ${settled} on it stays there. A ball that keeps rolling is worth hundreds of steps.`,
      },
    },
  },
}
