/** The program of a child process without SharedArrayBuffer, as on a page that is not cross-origin isolated. */
Reflect.deleteProperty(globalThis, 'SharedArrayBuffer')
const { trainAndHash } = await import('./training-hash.ts')
const found = await trainAndHash({ network: 'large', options: { threads: 4 } })
console.log(JSON.stringify({ ...found, shared: 'SharedArrayBuffer' in globalThis }))
