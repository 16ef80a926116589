/**
 * The types behind `Sequential`: how a layer changes a shape, and whether the next layer takes what comes out. What is not
 * known passes here and is checked when the model runs.
 */
import type { Shape } from '../tensor/for-modules.ts'
import type { Fits, Last, LastFits, ShapeMismatch, Tensor } from '../tensor/index.ts'
import type { ChannelsOf } from './picture-shapes.ts'

/**
 * What a layer does to shapes. A layer declares it in its type under the key `shapes`; `input` stands for the shape that
 * arrives, and `output` is written in terms of `this['input']`.
 */
export interface ShapeRule {
  readonly input: unknown
  readonly output: unknown
  /** The size of the last dimension that the layer takes; `number` takes any. */
  readonly features: number
  /** The channels (axis 1) that the layer takes; `number` takes any. */
  readonly channels: number
  /** How messages name the layer. */
  readonly name: string
  /** True for layers that give back the shape they get, such as activations. */
  readonly keeps: boolean
}

/** Under this key the type of a layer says what it does to shapes. Nothing is there when the program runs. */
export declare const shapes: unique symbol

/** The rule of activations: any shape, and the same shape comes out. */
export interface KeepsShape extends ShapeRule {
  readonly output: this['input']
  readonly keeps: true
}

/** The last dimension becomes `L`, also where the rank is not known. */
export type WithLast<S, L extends number> = S extends readonly [...infer B extends number[], number]
  ? [...B, L]
  : [...number[], L]

type RuleOf<M> = M extends { readonly [shapes]: infer R }
  ? R extends 'chain'
    ? M extends { readonly layers: infer L extends readonly unknown[] }
      ? ChainRule<L>
      : unknown
    : R
  : unknown

/** The rule of a Sequential inside another. Its type only names its layers, so that it can stand for any Sequential. */
interface ChainRule<L extends readonly unknown[]> extends ShapeRule {
  readonly output: this['input'] extends infer S extends Shape ? ChainShape<L, S> : never
  readonly features: FirstFeatures<L>
  readonly name: 'Sequential'
  readonly keeps: false
}

type AsShape<S> = S extends Shape ? S : Shape

type InputOf<M> = M extends { forward(x: infer T, ...rest: never[]): unknown }
  ? T extends Tensor<infer S>
    ? S
    : Shape
  : Shape

type OutputOf<M> = M extends { forward(...inputs: never[]): infer T } ? (T extends Tensor<infer S> ? S : Shape) : Shape

/** The shape after one layer: by its rule, else by the type of its `forward`. */
type After<M, S extends Shape> =
  RuleOf<M> extends infer R extends ShapeRule ? AsShape<(R & { readonly input: S })['output']> : OutputOf<M>

type NameOf<M> = RuleOf<M> extends infer R extends ShapeRule ? R['name'] : 'this module'

type FeaturesOf<M> = RuleOf<M> extends infer R extends ShapeRule ? R['features'] : Last<InputOf<M>>

type TakesChannels<M> = RuleOf<M> extends infer R extends ShapeRule ? R['channels'] : number

type KeepsOf<M> = RuleOf<M> extends { readonly keeps: true } ? true : false

/** The shape after all layers. */
export type ChainShape<L extends readonly unknown[], S extends Shape> = number extends L['length']
  ? Shape
  : AsShape<LayersShape<L, S>>

type LayersShape<L extends readonly unknown[], S extends Shape> = L extends readonly [infer M, ...infer Rest]
  ? LayersShape<Rest, After<M, S>>
  : S

/** `unknown` where a chain of layers takes a tensor of shape `S`, else a message. */
export type ChainTakes<S extends Shape, In extends number> = number extends In ? unknown : LastFits<S, In>

/** What the first layer that is not an activation takes. */
export type FirstFeatures<L extends readonly unknown[]> = L extends readonly [infer M, ...infer Rest]
  ? KeepsOf<M> extends true
    ? FirstFeatures<Rest>
    : FeaturesOf<M>
  : number

/**
 * What each layer must be besides itself: `unknown` where it takes what the layers before give, else a message that names
 * both. `S` is the shape on the way, `P` names the layer that made its last dimension.
 */
type Demands<
  L extends readonly unknown[],
  S extends Shape = Shape,
  P extends string = 'the input',
  Found extends readonly unknown[] = [],
> = L extends readonly [infer M, ...infer Rest]
  ? Demands<Rest, After<M, S>, KeepsOf<M> extends true ? P : NameOf<M>, [...Found, Demand<M, S, P>]>
  : number extends L['length']
    ? unknown
    : Found

type Demand<M, S extends Shape, P extends string> =
  Fits<Last<S>, FeaturesOf<M>> extends true
    ? Fits<ChannelsOf<S>, TakesChannels<M>> extends true
      ? unknown
      : ShapeMismatch<`${P} gives ${ChannelsOf<S>} channels, ${NameOf<M>} takes ${TakesChannels<M> & number}`>
    : ShapeMismatch<`${P} gives ${Last<S> & number} features, ${NameOf<M>} takes ${FeaturesOf<M> & number}`>

type DemandAt<L extends readonly unknown[], K> =
  Demands<L> extends infer D ? (K extends keyof D ? D[K] : unknown) : unknown

/** The layers of a `Sequential`: an error in the editor at the first one that does not fit. */
export type Chain<L extends readonly unknown[]> = { [K in keyof L]: L[K] & DemandAt<L, K> }
