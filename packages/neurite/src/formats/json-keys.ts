/**
 * The first key that an object of a valid JSON text holds twice, or undefined. `JSON.parse` keeps the last of such
 * entries silently, so two readers of one file could see different contents.
 */
export function findDuplicateKey(json: string): string | undefined {
  /** One entry per open bracket: the keys of an object, or undefined for a list. */
  const open: (Set<string> | undefined)[] = []
  let expectsKey = false
  for (let at = 0; at < json.length; at++) {
    const character = json[at]!
    if (character === '"') {
      const end = endOfString(json, at)
      const keys = open.at(-1)
      if (expectsKey && keys !== undefined) {
        const key: string = JSON.parse(json.slice(at, end + 1))
        if (keys.has(key)) return key
        keys.add(key)
        expectsKey = false
      }
      at = end
    } else if (character === '{') {
      open.push(new Set())
      expectsKey = true
    } else if (character === '[') {
      open.push(undefined)
      expectsKey = false
    } else if (character === '}' || character === ']') {
      open.pop()
      expectsKey = false
    } else if (character === ',') {
      expectsKey = open.at(-1) !== undefined
    }
  }
  return undefined
}

/** Where the string that begins at `start` has its closing quotation mark. */
function endOfString(json: string, start: number): number {
  let at = start + 1
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}
