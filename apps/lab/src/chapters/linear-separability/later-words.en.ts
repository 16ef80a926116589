import type { TruthLaterMessages } from '../../locales/bench-messages.ts'

export const truth: TruthLaterMessages = {
  controls: {
    table: 'Table',
    own: (pattern) => `own (${pattern})`,
    turn: 'Turned by',
    degrees: (turn) => `${turn}°`,
    feature: 'Third input',
    features: { none: 'none', 'x1+x2': 'x₁ + x₂', 'x1^2': 'x₁²', 'x2^2': 'x₂²', 'x1*x2': 'x₁ · x₂' },
    explanations: {
      table: 'What the lamp should do in each of the four cases. You can also turn the answers round one by one.',
      turn: 'The four points are turned about the middle of the square.',
      feature: 'A number made of the two inputs, which the neuron is given as a third one.',
    },
  },
  machine: {
    third: (name) => `The third input is x₃ = ${name}.`,
    before: 'before',
    change: 'change',
    after: 'after',
    begin: 'No row was looked at yet. Step looks at the first one.',
    wasRight: (row) => `Row ${row} is right: nothing changes.`,
    wasWrong: ({ row, wanted, sign }) =>
      `Row ${row} is wrong, it should be ${wanted}: its inputs are ${sign === '+' ? 'added' : 'taken away'}.`,
    allRows:
      'The logistic unit learns from all four rows at once: each pulls at the weights, the more so the further its output is from the truth.',
  },
  loop: {
    name: 'The way of the weights',
    none: (looks) =>
      looks === 0
        ? 'Each step will be a place here: filled where it corrects something.'
        : `${looks} ${looks === 1 ? 'step' : 'steps'}. The same weights never stood before the same row twice so far.`,
    settled: (step) => `At step ${step}: it went through all four rows without a mistake, and will never change again.`,
    found: ({ from, again, length, corrections }) =>
      `After step ${again} the weights are what they were after step ${from}, and the same row comes next. So it goes on for ever: ${length} steps, ${corrections} of them corrections.`,
    steps: 'steps',
    earlier: (count) => `… ${count} earlier`,
    show: 'One time round',
    row: 'row',
    together: 'together',
  },
  compare: {
    unlike:
      'A perceptron counts mistakes, a logistic unit measures how unsure it is: their losses have no common curve. Compare how many rows are right.',
  },
  lifted: {
    title: 'With a third input',
    flat: 'Without a third input all points lie on the floor, and the stretches cross there.',
    up: 'Each point stands as high as its third input.',
    apart: (gap) => `Where the stretches cross, one passes ${gap} above the other: a plane fits between.`,
    same: 'Where the stretches cross, both are equally high: they still meet, and no plane fits between.',
    picture: (heights) => `The four points and their heights: ${heights}.`,
    plane: 'The framed area is where the sum of the neuron is 0.',
  },
  twin: {
    row: ({ row, wanted, sum, says, isRight }) =>
      `Row ${row}: wanted ${wanted}, sum ${sum}, says ${says}: ${isRight ? 'right' : 'wrong'}.`,
    line: (distance) => `The line passes the origin at a distance of ${distance}.`,
    noLine: 'Both weights are 0: there is no line.',
    rows: (right, best) => `${right} of 4 rows are right; at best it was ${best}.`,
    meet: (place) => `The hulls of the two classes meet at (${place}): no line divides them.`,
    apart: 'The hulls of the two classes lie apart: a line divides them.',
  },
}
