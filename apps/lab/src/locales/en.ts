import type { FindingKind } from '../core/doctor/doctor.ts'
import type { ActivationName, ChapterId, DataKind } from '../core/run/spec.ts'

type Values = Readonly<Record<string, number | string>>

/** Every sentence of the frame; chapters bring their own. */
export interface Messages {
  readonly language: string
  readonly languageName: string
  readonly labName: string
  readonly labTitle: string
  readonly contents: string
  readonly skip: string
  readonly theme: string
  readonly themes: { readonly light: string; readonly dark: string; readonly system: string }
  readonly help: string
  readonly helpText: readonly string[]
  readonly progress: string
  readonly progressText: string
  readonly exportProgress: string
  readonly importProgress: string
  readonly imported: string
  readonly forget: string
  readonly close: string
  readonly chapterNumber: (n: number) => string
  readonly chapterTitles: Readonly<Record<ChapterId, string>>
  readonly nextChapter: string
  readonly continue: string
  readonly beatOf: (n: number, of: number) => string
  readonly panels: {
    readonly world: string
    readonly machine: string
    readonly judge: string
    readonly folded: string
    readonly compare: string
    readonly doctor: string
    readonly code: string
  }
  readonly transport: {
    readonly name: string
    readonly play: string
    readonly pause: string
    readonly step: string
    readonly stepBack: string
    readonly epoch: string
    readonly reset: string
    readonly newWeights: string
    readonly undo: string
    readonly speed: string
    readonly perSecond: (n: string) => string
    readonly at: (n: string) => string
  }
  readonly controls: {
    readonly name: string
    readonly data: string
    readonly dataNames: Readonly<Record<DataKind, string>>
    readonly activation: string
    readonly activationNames: Readonly<Record<ActivationName, string>>
    readonly layers: string
    readonly addLayer: string
    readonly removeLayer: string
    readonly unitsIn: (layer: number) => string
    readonly more: (layer: number) => string
    readonly fewer: (layer: number) => string
    readonly rate: string
    readonly batch: string
    readonly wholeBatch: string
    readonly examples: (n: number) => string
    readonly whatIs: (name: string) => string
    readonly explanations: Readonly<Record<'data' | 'activation' | 'layers' | 'rate' | 'batch', string>>
  }
  readonly judge: {
    readonly loss: string
    readonly train: string
    readonly fresh: string
    readonly parameters: string
    readonly step: string
    readonly rightOf: (right: number, of: number) => string
    readonly curve: (from: string, to: string, steps: number) => string
    readonly curveTrain: string
    readonly curveFresh: string
    readonly curvePinned: string
  }
  readonly table: {
    readonly show: string
    readonly hide: string
    readonly what: string
    readonly value: string
    readonly slope: string
  }
  readonly twin: {
    readonly name: string
    readonly world: (v: { right: number; of: number; boundary: string; blue: string }) => string
    readonly crosses: (at: string) => string
    readonly noBoundary: string
    readonly machine: (v: { layers: string; strongest: string }) => string
    readonly strongest: (unit: string, by: string) => string
    readonly dead: (units: string) => string
    readonly example: (v: {
      index: number
      x: string
      y: string
      truth: string
      output: string
      said: string
    }) => string
    readonly folded: (v: { a: string; b: string; separable: number; of: number }) => string
  }
  readonly classes: readonly [string, string]
  readonly card: {
    readonly title: string
    readonly weight: (from: string, to: string) => string
    readonly bias: (unit: string) => string
    readonly gradientOf: (name: string) => string
    readonly unit: (layer: number, unit: number) => string
    readonly output: string
    readonly input: (index: number) => string
    readonly loss: string
    readonly lossFormula: string
    readonly value: string
    readonly gradient: string
    readonly gradientMeaning: (slope: string) => string
    readonly flat: string
    readonly change: string
    readonly apply: string
    readonly less: string
    readonly more: string
    readonly predicted: string
    readonly actual: string
    readonly predictedHow: (slope: string, by: string) => string
    readonly formula: string
    readonly forExample: (n: number) => string
    readonly off: string
    readonly freeze: string
    readonly unfreeze: string
    readonly importance: string
    readonly notNumber: string
    readonly previous: string
    readonly next: string
    readonly scores: string
  }
  readonly folded: { readonly across: string; readonly up: string; readonly note: string; readonly one: string }
  readonly compare: {
    readonly pin: string
    readonly unpin: string
    readonly note: string
    readonly difference: string
    readonly table: readonly [string, string, string]
  }
  readonly doctor: {
    readonly healthy: string
    readonly names: Readonly<Record<FindingKind, string>>
    readonly why: Readonly<Record<FindingKind, (v: Values) => string>>
    readonly try: Readonly<Record<FindingKind, string>>
    readonly do: string
  }
  readonly code: {
    readonly note: string
    readonly copy: string
    readonly copied: string
    readonly prints: (loss: string) => string
  }
  readonly predict: {
    readonly title: string
    readonly lock: string
    readonly skip: string
    readonly yours: (guess: string) => string
    readonly truth: (truth: string) => string
    readonly right: string
    readonly wrong: string
    readonly locked: string
  }
  readonly check: {
    readonly title: string
    readonly run: string
    readonly passed: string
    readonly missed: string
    readonly answer: string
    readonly attempt: (renewals: number) => string
    readonly restart: string
  }
  readonly problems: {
    readonly number: (field: string, text: string) => string
    readonly choice: (field: string, text: string) => string
    readonly range: (field: string, low: string, high: string) => string
    readonly layers: (most: number, found: number) => string
    readonly units: (most: number, found: string) => string
    readonly journal: string
    readonly foreignField: (field: string) => string
    readonly version: string
    readonly progressFile: string
    readonly storage: string
    readonly engine: (text: string) => string
    readonly tooLong: string
    readonly dismiss: string
  }
  readonly share: { readonly copy: string; readonly copied: string }
  readonly announce: {
    readonly started: string
    readonly paused: (step: string, loss: string) => string
    readonly milestone: (step: string, loss: string) => string
    readonly solved: (step: string) => string
    readonly stopped: string
  }
  readonly noScript: string
  readonly waiting: string
}

export const en: Messages = {
  language: 'en',
  languageName: 'English',
  labName: 'Neurite lab',
  labTitle: 'See through a neural network',
  contents: 'Contents',
  skip: 'To the text',
  theme: 'Theme',
  themes: { light: 'Light', dark: 'Dark', system: 'As the system' },
  help: 'Help',
  helpText: [
    'Every number with dots under it can be opened: it shows where it comes from, how the loss depends on it, and lets you change it.',
    'Blue and ● mean positive, orange, ▲ and dashed lines mean negative. Points show the truth, the background shows what the network says.',
    'Keys: Space plays and pauses, the full stop takes a step, the comma goes a step back, R resets, Ctrl+Z takes your last change back. In the network, arrows move between neurons, Enter opens one, + and − nudge its bias.',
  ],
  progress: 'Your progress',
  progressText: 'Your progress is kept in this browser and nowhere else. Take it along as a file.',
  exportProgress: 'Save as a file',
  importProgress: 'Open a file',
  imported: 'Your progress was read from the file.',
  forget: 'Forget everything',
  close: 'Close',
  chapterNumber: (n) => `Chapter ${n}`,
  chapterTitles: {
    neuron: 'What does one neuron do with its inputs?',
    perceptron: 'How can it learn from its mistakes?',
    'linear-separability': 'What can one neuron never do?',
    'hidden-layers': 'What do hidden neurons buy?',
    'gradient-descent': 'Which way is down, and how far?',
    backpropagation: 'Who is to blame, and by how much?',
  },
  nextChapter: 'Next',
  continue: 'Continue',
  beatOf: (n, of) => `Part ${n} of ${of}`,
  panels: {
    world: 'World',
    machine: 'Machine',
    judge: 'Judge',
    folded: 'As the last layer sees it',
    compare: 'A and B',
    doctor: 'Doctor',
    code: 'Code',
  },
  transport: {
    name: 'Training',
    play: 'Play',
    pause: 'Pause',
    step: 'Step',
    stepBack: 'Step back',
    epoch: 'Epoch',
    reset: 'Reset',
    newWeights: 'New weights',
    undo: 'Undo',
    speed: 'Speed',
    perSecond: (n) => `${n} steps/s`,
    at: (n) => `Step ${n}`,
  },
  controls: {
    name: 'What you can change',
    data: 'Data',
    dataNames: {
      xor: 'Four corners (XOR)',
      circle: 'Circle',
      spiral: 'Spiral',
      umbrella: 'Umbrella',
      gap: 'Two clouds',
      table: 'Truth table',
      valley: 'Valley',
      example: 'One example',
    },
    activation: 'Activation',
    activationNames: { tanh: 'tanh', relu: 'ReLU', sigmoid: 'sigmoid', step: 'step' },
    layers: 'Hidden layers',
    addLayer: 'Add a layer',
    removeLayer: 'Remove a layer',
    unitsIn: (layer) => `Neurons in layer ${layer}`,
    more: (layer) => `One neuron more in layer ${layer}`,
    fewer: (layer) => `One neuron fewer in layer ${layer}`,
    rate: 'Learning rate',
    batch: 'Examples per step',
    wholeBatch: 'all',
    examples: (n) => `${n}`,
    whatIs: (name) => `What is this: ${name}?`,
    explanations: {
      data: 'The points that the network learns from. The shape of a point is its true class.',
      activation: 'What a neuron makes of its weighted sum before it passes it on.',
      layers: 'Neurons between inputs and output. Each draws a line of its own; the next layer combines them.',
      rate: 'How far each step goes down the slope of the loss.',
      batch: 'How many examples are looked at before each step.',
    },
  },
  judge: {
    loss: 'Loss',
    train: 'Training points',
    fresh: 'Fresh points',
    parameters: 'Numbers it learns',
    step: 'Step',
    rightOf: (right, of) => `${right} of ${of} right`,
    curve: (from, to, steps) => `Loss over ${steps} steps: from ${from} to ${to}.`,
    curveTrain: 'training points',
    curveFresh: 'fresh points',
    curvePinned: 'run B',
  },
  table: {
    show: 'Show the numbers as a table',
    hide: 'Hide the table',
    what: 'Number',
    value: 'Value',
    slope: 'Gradient',
  },
  twin: {
    name: 'In words',
    world: ({ right, of, boundary, blue }) =>
      `${right} of ${of} training points are right. ${boundary} ${blue} of the picture is blue.`,
    crosses: (at) => `Along the middle, the boundary crosses at x = ${at}.`,
    noBoundary: 'Along the middle of the picture there is no boundary.',
    machine: ({ layers, strongest }) => `Two inputs, ${layers}one output. ${strongest}`,
    strongest: (unit, by) => `Without neuron ${unit} the loss would grow by ${by}, the most of all.`,
    dead: (units) => `Dead: neuron ${units}.`,
    example: ({ index, x, y, truth, output, said }) =>
      `Point ${index}: x₁ = ${x}, x₂ = ${y}, truly ${truth}. Output ${output}: the network says ${said}.`,
    folded: ({ a, b, separable, of }) =>
      `Across: what neuron ${a} gives; up: neuron ${b}. ${separable} of ${of} points lie on their side of the straight output line.`,
  },
  classes: ['orange ▲', 'blue ●'],
  card: {
    title: 'One number',
    weight: (from, to) => `Weight from ${from} to ${to}`,
    bias: (unit) => `Bias of ${unit}`,
    gradientOf: (name) => `Gradient: ${name}`,
    unit: (layer, unit) => `neuron ${layer}.${unit}`,
    output: 'the output',
    input: (index) => `input x${index === 1 ? '₁' : '₂'}`,
    loss: 'Loss',
    lossFormula: 'The mean over all training points of −log(the probability given to the true class).',
    value: 'Value',
    gradient: 'Gradient',
    gradientMeaning: (slope) => `Where this number grows by a little, the loss changes by ${slope} times as much.`,
    flat: 'Slope 0: a step function is flat on both sides, so no gradient passes it. This is why the perceptron needs a rule of its own.',
    change: 'Change it',
    apply: 'Apply',
    less: 'less',
    more: 'more',
    predicted: 'Predicted change of the loss',
    actual: 'Actual change of the loss',
    predictedHow: (slope, by) => `gradient ${slope} × change ${by}`,
    formula: 'Where it comes from',
    forExample: (n) => `for point ${n}`,
    off: 'Switch this neuron off',
    freeze: 'Freeze this neuron',
    unfreeze: 'Let it learn again',
    importance: 'Loss without it',
    notNumber: 'This is no number. Write it like 0.5 or 0,5.',
    previous: 'Previous point',
    next: 'Next point',
    scores: 'Example',
  },
  folded: {
    across: 'Across',
    up: 'Up',
    note: 'The grid of the world, bent by the hidden layers. The output can only cut it with a straight line.',
    one: 'One neuron in the last hidden layer: it sees the world as a line of numbers.',
  },
  compare: {
    pin: 'Keep this run as B',
    unpin: 'Let B go',
    note: 'B starts from the same seed and takes the same steps. Change one thing in A and see what it does.',
    difference: 'Show A minus B',
    table: ['', 'A', 'B'],
  },
  doctor: {
    healthy: 'Nothing to complain about.',
    names: {
      nonFinite: 'A number is no longer finite',
      divergence: 'The loss runs away',
      deadUnits: 'Dead neurons',
      saturation: 'Saturated neurons',
      constantOutput: 'The same answer to everything',
      gap: 'Learned by heart',
    },
    why: {
      nonFinite: ({ step, operation }) =>
        `In step ${step} the operation “${operation}” gave a number too large for float32. The last good state was kept, and training has stopped.`,
      divergence: ({ lowest, loss }) =>
        `The loss was ${lowest} at its best and is ${loss} now: every step overshoots the valley and lands higher on the other side.`,
      deadUnits: ({ units }) =>
        `Neuron ${units} gives 0 for more than nine of ten points. Where ReLU gives 0 its slope is 0 too: no blame reaches its weights, so it cannot come back by itself.`,
      saturation: ({ units }) =>
        `Neuron ${units} sits at +1 or −1 nearly everywhere. There tanh is almost flat, and almost no blame passes.`,
      constantOutput: ({ output }) => `Whatever goes in, ${output} comes out: the inputs do not reach the output.`,
      gap: ({ train, fresh }) =>
        `The loss is ${train} on its own points and ${fresh} on fresh ones: it knows its examples, not the rule.`,
    },
    try: {
      nonFinite: 'Try a learning rate a tenth as large',
      divergence: 'Try a learning rate a tenth as large',
      deadUnits: 'Try new weights',
      saturation: 'Try new weights',
      constantOutput: 'Try new weights',
      gap: 'Try more points',
    },
    do: 'Do it',
  },
  code: {
    note: 'This program repeats your run in Node, changes included. Save it as run.mjs beside an installed “neurite”.',
    copy: 'Copy',
    copied: 'Copied',
    prints: (loss) => `It prints ${loss}`,
  },
  predict: {
    title: 'Your guess first',
    lock: 'This is my guess',
    skip: 'Just show me',
    yours: (guess) => `Your guess: ${guess}.`,
    truth: (truth) => `Measured: ${truth}.`,
    right: 'You saw it coming.',
    wrong: 'The gap is worth a look:',
    locked: 'Guess first, then play. Or let it be shown.',
  },
  check: {
    title: 'Can you do it?',
    run: 'Check it',
    passed: 'Passed.',
    missed: 'Not yet.',
    answer: 'Your answer',
    attempt: (renewals) => `New weights used: ${renewals}`,
    restart: 'Begin the attempt again',
  },
  problems: {
    number: (field, text) =>
      `The address says ${field} = “${text}”, which is no number. The chapter’s own value is used.`,
    choice: (field, text) =>
      `The address says ${field} = “${text}”, which does not exist here. The chapter’s own is used.`,
    range: (field, low, high) =>
      `${field} must lie between ${low} and ${high}. The chapter’s own run is shown instead.`,
    layers: (most, found) =>
      `A network with ${found} hidden layers is not possible here: ${most} at most. The chapter’s own run is shown instead.`,
    units: (most, found) =>
      `A hidden layer with ${found} neurons is not possible: whole numbers from 1 to ${most}. The chapter’s own run is shown instead.`,
    journal: 'The changes in the address are damaged and were left out. The rest is shown.',
    foreignField: (field) => `The address says something about “${field}” that this page does not know.`,
    version: 'This file comes from another version of the lab. Nothing was changed.',
    progressFile: 'This file is no progress of this lab. Nothing was changed.',
    storage: 'This browser keeps nothing for this page: your progress will be gone when you leave. Save it as a file.',
    engine: (text) => `The engine has stopped: ${text}. Load the page again; your run is in its address.`,
    tooLong: 'This run is too long for an address. Save your progress as a file instead.',
    dismiss: 'Understood',
  },
  share: { copy: 'Copy the address of this run', copied: 'The address is copied' },
  announce: {
    started: 'Training.',
    paused: (step, loss) => `Paused at step ${step}, loss ${loss}.`,
    milestone: (step, loss) => `Step ${step}, loss ${loss}.`,
    solved: (step) => `All training points are right, at step ${step}.`,
    stopped: 'Training has stopped: a number is no longer finite.',
  },
  noScript: 'Without JavaScript this page is a text. With it, everything in it moves.',
  waiting: 'The engine starts …',
}
