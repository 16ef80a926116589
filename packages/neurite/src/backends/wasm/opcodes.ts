/**
 * WebAssembly value types and opcodes that the code generators use.
 * Prefixed opcodes carry their prefix byte in the upper half: `0xfd0000 | n` is SIMD, `0xfe0000 | n` is threads.
 * Source: WebAssembly core specification 2.0, appendix "Index of Instructions", with the threads and relaxed SIMD proposals.
 */

export const I32 = 0x7f
export const I64 = 0x7e
export const F32 = 0x7d
export const F64 = 0x7c
export const V128 = 0x7b
export type ValueType = typeof I32 | typeof I64 | typeof F32 | typeof F64 | typeof V128

const simd = (code: number): number => (0xfd << 16) | code
const atomic = (code: number): number => (0xfe << 16) | code

export const control = { unreachable: 0x00, return: 0x0f, drop: 0x1a, select: 0x1b } as const

export const i32 = {
  eqz: 0x45,
  eq: 0x46,
  ne: 0x47,
  ltS: 0x48,
  ltU: 0x49,
  gtS: 0x4a,
  gtU: 0x4b,
  leS: 0x4c,
  leU: 0x4d,
  geS: 0x4e,
  geU: 0x4f,
  clz: 0x67,
  ctz: 0x68,
  add: 0x6a,
  sub: 0x6b,
  mul: 0x6c,
  divS: 0x6d,
  divU: 0x6e,
  remS: 0x6f,
  remU: 0x70,
  and: 0x71,
  or: 0x72,
  xor: 0x73,
  shl: 0x74,
  shrS: 0x75,
  shrU: 0x76,
  truncF32S: (0xfc << 16) | 0,
  reinterpretF32: 0xbc,
} as const

export const i64 = { add: 0x7c, mul: 0x7e, divU: 0x80, wrap: 0xa7, extendI32U: 0xad } as const

export const f32 = {
  eq: 0x5b,
  ne: 0x5c,
  lt: 0x5d,
  gt: 0x5e,
  le: 0x5f,
  ge: 0x60,
  abs: 0x8b,
  neg: 0x8c,
  ceil: 0x8d,
  floor: 0x8e,
  trunc: 0x8f,
  nearest: 0x90,
  sqrt: 0x91,
  add: 0x92,
  sub: 0x93,
  mul: 0x94,
  div: 0x95,
  min: 0x96,
  max: 0x97,
  convertI32S: 0xb2,
  demoteF64: 0xb6,
  reinterpretI32: 0xbe,
} as const

export const f64 = { add: 0xa0, sub: 0xa1, mul: 0xa2, div: 0xa3, promoteF32: 0xbb } as const

export const v128 = {
  not: simd(0x4d),
  and: simd(0x4e),
  andnot: simd(0x4f),
  or: simd(0x50),
  xor: simd(0x51),
  bitselect: simd(0x52),
  anyTrue: simd(0x53),
} as const

export const f32x4 = {
  splat: simd(0x13),
  eq: simd(0x41),
  ne: simd(0x42),
  lt: simd(0x43),
  gt: simd(0x44),
  le: simd(0x45),
  ge: simd(0x46),
  ceil: simd(0x67),
  floor: simd(0x68),
  trunc: simd(0x69),
  nearest: simd(0x6a),
  demoteF64x2Zero: simd(0x5e),
  abs: simd(0xe0),
  neg: simd(0xe1),
  sqrt: simd(0xe3),
  add: simd(0xe4),
  sub: simd(0xe5),
  mul: simd(0xe6),
  div: simd(0xe7),
  min: simd(0xe8),
  max: simd(0xe9),
  pmin: simd(0xea),
  pmax: simd(0xeb),
  convertI32x4S: simd(0xfa),
  convertI32x4U: simd(0xfb),
  /** a * b + c, fused where the machine has it (relaxed SIMD). */
  relaxedMadd: simd(0x105),
  /** -(a * b) + c, fused where the machine has it (relaxed SIMD). */
  relaxedNmadd: simd(0x106),
} as const

export const f64x2 = {
  splat: simd(0x14),
  eq: simd(0x47),
  ne: simd(0x48),
  lt: simd(0x49),
  gt: simd(0x4a),
  le: simd(0x4b),
  ge: simd(0x4c),
  promoteLowF32x4: simd(0x5f),
  ceil: simd(0x74),
  floor: simd(0x75),
  trunc: simd(0x7a),
  nearest: simd(0x94),
  abs: simd(0xec),
  neg: simd(0xed),
  sqrt: simd(0xef),
  add: simd(0xf0),
  sub: simd(0xf1),
  mul: simd(0xf2),
  div: simd(0xf3),
  min: simd(0xf4),
  max: simd(0xf5),
  pmin: simd(0xf6),
  pmax: simd(0xf7),
} as const

export const i32x4 = {
  splat: simd(0x11),
  eq: simd(0x37),
  ne: simd(0x38),
  ltS: simd(0x39),
  ltU: simd(0x3a),
  gtS: simd(0x3b),
  gtU: simd(0x3c),
  leS: simd(0x3d),
  geS: simd(0x3f),
  abs: simd(0xa0),
  neg: simd(0xa1),
  shl: simd(0xab),
  shrS: simd(0xac),
  shrU: simd(0xad),
  add: simd(0xae),
  sub: simd(0xb1),
  mul: simd(0xb5),
  minS: simd(0xb6),
  maxS: simd(0xb8),
  truncSatF32x4S: simd(0xf8),
  truncSatF64x2SZero: simd(0xfc),
} as const

export const i64x2 = {
  splat: simd(0x12),
  add: simd(0xce),
  sub: simd(0xd1),
  shl: simd(0xcb),
  shrS: simd(0xcc),
  shrU: simd(0xcd),
  extendLowI32x4S: simd(0xc7),
  extendLowI32x4U: simd(0xc9),
} as const

/** Memory instructions: opcode and the natural alignment exponent. */
export const memory = {
  i32Load: [0x28, 2],
  f32Load: [0x2a, 2],
  f64Load: [0x2b, 3],
  i32Load8U: [0x2d, 0],
  i32Store: [0x36, 2],
  f32Store: [0x38, 2],
  f64Store: [0x39, 3],
  v128Load: [simd(0x00), 4],
  v128Load32Splat: [simd(0x09), 2],
  v128Store: [simd(0x0b), 4],
  v128Load32Zero: [simd(0x5c), 2],
  v128Load64Zero: [simd(0x5d), 3],
  i32AtomicLoad: [atomic(0x10), 2],
  i32AtomicStore: [atomic(0x17), 2],
  i32AtomicAdd: [atomic(0x1e), 2],
  atomicNotify: [atomic(0x00), 2],
  atomicWait32: [atomic(0x01), 2],
} as const
export type MemoryInstruction = keyof typeof memory

export const laneMemory = {
  v128Load32Lane: [simd(0x56), 2],
  v128Load64Lane: [simd(0x57), 3],
  v128Store32Lane: [simd(0x5a), 2],
  v128Store64Lane: [simd(0x5b), 3],
} as const
export type LaneMemoryInstruction = keyof typeof laneMemory

export const lane = {
  i32x4Extract: simd(0x1b),
  i32x4Replace: simd(0x1c),
  f32x4Extract: simd(0x1f),
  f32x4Replace: simd(0x20),
  f64x2Extract: simd(0x21),
} as const
