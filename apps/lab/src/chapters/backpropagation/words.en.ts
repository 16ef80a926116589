import type { PassMessages } from '../../locales/bench-messages.ts'

export const pass: PassMessages = {
  name: 'The pass, operation by operation',
  toStart: 'To the beginning of the pass',
  back: 'One operation back',
  forward: 'One operation further',
  toEnd: 'To the end of the pass',
  begin: 'Nothing has been calculated yet. The arrow to the right takes the first operation.',
  passes: (name) => `${name} passes its blame on:`,
  incoming: 'incoming gradient',
  local: 'local slope',
  incomingTimesLocal: 'Incoming gradient × local slope = what is passed on.',
  joins: 'Where a value is used twice, what both uses pass on is added up (+=).',
  nudged: 'By nudging',
}
