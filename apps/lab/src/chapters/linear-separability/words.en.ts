import type { TruthWords } from '../../ui/truth/words.ts'

export const truth: TruthWords = {
  inputs: ['switch x₁', 'switch x₂'],
  table: {
    name: 'The four rows',
    wanted: 'wanted',
    sum: 'sum',
    says: 'says',
    onLine: 'on the line',
    turnAnswer: (row, now) => `Row ${row} wants ${now}: turn it round`,
    next: 'comes next',
  },
  numbers: 'The numbers of the neuron',
  place: 'Drag the round handle to shift the line, the square one to turn it. A ring marks what is wrong.',
  curved:
    'With a third input the plane that divides the points meets the floor in a curve. A ring marks what is wrong.',
  judge: {
    right: 'Right now',
    best: 'Best so far',
    tries: 'Your lines',
    triesOf: (tries, best) => (tries === 0 ? 'none yet' : `${tries}, best ${best} of 4`),
    corrections: 'Corrections',
    round: 'Ring',
    roundOf: (steps) => `${steps} steps`,
    none: 'none so far',
    classes: 'The two hulls',
    meet: (place) => `meet at (${place})`,
    apart: 'lie apart',
    ofFour: (right) => `${right} of 4`,
  },
  sort: {
    name: 'Mark the impossible ones',
    possible: 'a line',
    impossible: 'no line',
    table: (pattern, name) => `Table ${pattern}${name === '' ? '' : `, ${name}`}:`,
    marked: (n) => `${n} marked.`,
  },
}
