/**
 * Shapes in types. A known dimension is a literal (`784`), a partly known one is `number`, an unknown rank is `Shape`.
 * What is not known passes here and is checked when the graph is recorded; what is known and wrong is an error in the
 * editor. All of it is shallow on purpose: the editor must stay quick.
 */
import type { DType, Shape } from '../graph/node.ts'

/** A shape without `readonly`, as people write it: `[2, 3]`. */
export type Mutable<S extends Shape> = { -readonly [K in keyof S]: S[K] }

/** True where two dimensions may be equal: the same literal, or one of them is not known. */
export type Fits<A, B> = [A] extends [never]
  ? true
  : number extends A
    ? true
    : number extends B
      ? true
      : [A] extends [B]
        ? true
        : false

/** True for a shape of unknown rank. */
export type IsUnknownRank<S extends Shape> = number extends S['length'] ? true : false

/** The last dimension; `number` where the rank is not known, `never` for a scalar. */
export type Last<S extends Shape> = S extends readonly [...infer _, infer L extends number]
  ? L
  : IsUnknownRank<S> extends true
    ? number
    : never

/** All dimensions but the last. */
export type ButLast<S extends Shape> = S extends readonly [...infer B extends number[], number] ? B : number[]

/** `[...B, anything]` becomes `[...B, L]`: the shape after a linear layer with `L` outputs. */
export type ReplaceLast<S extends Shape, L extends number> = S extends readonly [...infer B extends number[], number]
  ? [...B, L]
  : number[]

/** One more dimension at the end: the shape after an embedding. */
export type Append<S extends Shape, L extends number> = IsUnknownRank<S> extends true ? number[] : [...S, L]

/** What an argument of type `T` becomes where shapes do not fit; the property's text is what the editor shows. */
export interface ShapeMismatch<Message extends string> {
  readonly 'shapes do not fit': Message
}

/** `unknown` (nothing is demanded) where the last dimension of `S` may be `In`, else an error that names both sizes. */
export type LastFits<S extends Shape, In extends number> =
  Fits<Last<S>, In> extends true ? unknown : ShapeMismatch<`expected a last dimension of ${In}, got [${Show<S>}]`>

/** A shape as text for messages. */
export type Show<S extends Shape> = S extends readonly []
  ? ''
  : S extends readonly [infer D extends number]
    ? `${D}`
    : S extends readonly [infer D extends number, ...infer Rest extends number[]]
      ? `${D}, ${Show<Rest>}`
      : '...'

type BroadcastDimension<A extends number, B extends number> = A extends 1
  ? B
  : B extends 1
    ? A
    : number extends A
      ? B
      : number extends B
        ? A
        : A extends B
          ? A
          : never

type BroadcastTuples<A extends Shape, B extends Shape> = A extends readonly [
  ...infer RestA extends number[],
  infer LastA extends number,
]
  ? B extends readonly [...infer RestB extends number[], infer LastB extends number]
    ? [...BroadcastTuples<RestA, RestB>, BroadcastDimension<LastA, LastB>]
    : Mutable<A>
  : Mutable<B>

/** The shape of an elementwise result; a dimension is `never` where the shapes do not fit. */
export type Broadcast<A extends Shape, B extends Shape> =
  IsUnknownRank<A> extends true
    ? Shape
    : IsUnknownRank<B> extends true
      ? Shape
      : [A, B] extends [B, A]
        ? A
        : BroadcastTuples<A, B>

type HasNever<S extends Shape> = S extends readonly [infer D, ...infer Rest extends number[]]
  ? [D] extends [never]
    ? true
    : HasNever<Rest>
  : false

/** `unknown` where two shapes may broadcast together, else an error that shows both. */
export type BroadcastFits<A extends Shape, B extends Shape> =
  HasNever<Broadcast<A, B>> extends true ? ShapeMismatch<`[${Show<A>}] and [${Show<B>}] do not broadcast`> : unknown

/** The shape of a matrix product; exact for matrices and for `[...B, K] x [K, N]`, otherwise not known. */
export type MatrixProduct<A extends Shape, B extends Shape> =
  IsUnknownRank<A> extends true
    ? Shape
    : B extends readonly [number, infer N extends number]
      ? A extends readonly [...infer Rest extends number[], number]
        ? [...Rest, N]
        : Shape
      : Shape

/** `unknown` where the inner dimensions of a matrix product may be equal. */
export type MatrixFits<A extends Shape, B extends Shape> = B extends readonly [infer K extends number, number]
  ? Fits<Last<A>, K> extends true
    ? unknown
    : ShapeMismatch<`matmul of [${Show<A>}] and [${Show<B>}]`>
  : unknown

/** The shape given to `reshape`: -1 becomes a dimension that is not known. */
export type Resolved<S extends Shape> = { -readonly [K in keyof S]: S[K] extends -1 ? number : S[K] }

/** The shape of a transposed matrix. */
export type Transposed<S extends Shape> = S extends readonly [infer A extends number, infer B extends number]
  ? [B, A]
  : S extends readonly [number]
    ? Mutable<S>
    : S extends readonly []
      ? []
      : Shape

/** The dtype of arithmetic between two dtypes. */
export type Promote<A extends DType, B extends DType> = 'float32' extends A
  ? [A] extends ['float32']
    ? 'float32'
    : DType
  : 'float32' extends B
    ? [B] extends ['float32']
      ? 'float32'
      : DType
    : [A, B] extends [B, A]
      ? A
      : DType
