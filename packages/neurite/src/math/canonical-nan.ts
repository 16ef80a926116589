/**
 * Gives every NaN of a float32 array the same bits, in place: WebAssembly leaves them to the engine, and what is read,
 * saved or hashed has to be equal on every machine. Returns its argument.
 */
export function canonicalNaN<A extends Float32Array | Int32Array | Uint8Array>(values: A): A {
  if (!(values instanceof Float32Array)) return values
  let bits: Int32Array | undefined
  for (let i = 0; i < values.length; i++) {
    if (values[i] === values[i]) continue
    bits ??= new Int32Array(values.buffer, values.byteOffset, values.length)
    bits[i] = 0x7fc00000
  }
  return values
}
