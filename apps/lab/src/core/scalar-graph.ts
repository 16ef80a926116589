/** The network of the chapter on backpropagation, written out: two inputs, two hidden neurons, one output, nine numbers. */

export const WEIGHTS = ['w11', 'w12', 'b1', 'w21', 'w22', 'b2', 'v1', 'v2', 'c'] as const
export type WeightName = (typeof WEIGHTS)[number]

export const GIVENS = ['x1', 'x2', 't'] as const
export type GivenName = (typeof GIVENS)[number]

export type OperationKind = 'mul' | 'add' | 'sigmoid' | 'sub' | 'square'

/** One elementary operation: its result has the name that later operations use. */
export interface ScalarOperation {
  readonly name: string
  readonly kind: OperationKind
  readonly inputs: readonly string[]
}

/** In the order of the forward pass. */
export const OPERATIONS: readonly ScalarOperation[] = [
  { name: 'p11', kind: 'mul', inputs: ['w11', 'x1'] },
  { name: 'p12', kind: 'mul', inputs: ['w12', 'x2'] },
  { name: 's1', kind: 'add', inputs: ['p11', 'p12'] },
  { name: 'z1', kind: 'add', inputs: ['s1', 'b1'] },
  { name: 'h1', kind: 'sigmoid', inputs: ['z1'] },
  { name: 'p21', kind: 'mul', inputs: ['w21', 'x1'] },
  { name: 'p22', kind: 'mul', inputs: ['w22', 'x2'] },
  { name: 's2', kind: 'add', inputs: ['p21', 'p22'] },
  { name: 'z2', kind: 'add', inputs: ['s2', 'b2'] },
  { name: 'h2', kind: 'sigmoid', inputs: ['z2'] },
  { name: 'q1', kind: 'mul', inputs: ['v1', 'h1'] },
  { name: 'q2', kind: 'mul', inputs: ['v2', 'h2'] },
  { name: 's', kind: 'add', inputs: ['q1', 'q2'] },
  { name: 'z', kind: 'add', inputs: ['s', 'c'] },
  { name: 'y', kind: 'sigmoid', inputs: ['z'] },
  { name: 'e', kind: 'sub', inputs: ['y', 't'] },
  { name: 'L', kind: 'square', inputs: ['e'] },
]

/** Forward over every operation, then backward over every one. */
export const PASS_LENGTH = 2 * OPERATIONS.length

/** What a place in the pass shows: which operation is under way, and in which direction. */
export function passAt(
  position: number,
): { readonly direction: 'forward' | 'backward'; readonly operation: ScalarOperation } | undefined {
  if (position <= 0) return undefined
  if (position <= OPERATIONS.length) return { direction: 'forward', operation: OPERATIONS[position - 1]! }
  return { direction: 'backward', operation: OPERATIONS[PASS_LENGTH - Math.min(position, PASS_LENGTH)]! }
}

/** Names whose value is known at a place of the pass. */
export function knownValues(position: number): ReadonlySet<string> {
  const known = new Set<string>([...WEIGHTS, ...GIVENS])
  for (const { name } of OPERATIONS.slice(0, position)) known.add(name)
  return known
}

/** Names whose gradient is complete at a place of the pass: everything that uses them has passed its blame on. */
export function knownGradients(position: number): ReadonlySet<string> {
  const done = new Set(OPERATIONS.slice(Math.max(0, PASS_LENGTH - position)).map(({ name }) => name))
  const known = new Set<string>(position > OPERATIONS.length ? ['L'] : [])
  for (const name of [...WEIGHTS, ...GIVENS, ...OPERATIONS.map(({ name }) => name)]) {
    const users = OPERATIONS.filter(({ inputs }) => inputs.includes(name))
    if (users.length > 0 && users.every((user) => done.has(user.name))) known.add(name)
  }
  return known
}
