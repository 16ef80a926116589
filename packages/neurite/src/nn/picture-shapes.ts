/** Types of [N, C, L] and [N, C, H, W]: the channels are known, sizes of pictures are found when the model is traced. */
import type { Shape } from '../tensor/for-modules.ts'
import type { Fits, ShapeMismatch, Show } from '../tensor/index.ts'

/** The channels of a shape; `number` where they are not known. */
export type ChannelsOf<S> = S extends readonly [number, infer C extends number, ...number[]] ? C : number

type BatchOf<S> = S extends readonly [infer N extends number, ...number[]] ? N : number

/** A result with `C` channels and `Rank` spatial axes. */
export type PictureWith<S, C extends number, Rank extends 1 | 2> = Rank extends 1
  ? [BatchOf<S>, C, number]
  : [BatchOf<S>, C, number, number]

/** `unknown` (nothing is demanded) where `S` may have `C` channels, else an error that names both. */
export type ChannelsFit<S extends Shape, C extends number> =
  Fits<ChannelsOf<S>, C> extends true ? unknown : ShapeMismatch<`expected ${C} channels, got [${Show<S>}]`>
