/** The modules of Node that data are read and cached with. */
export type NodeModules = ReturnType<typeof loadModules>

/**
 * Node's own modules, or undefined in a browser. They are asked for at run time, not imported, so that one bundle
 * serves both and no bundler looks for them.
 */
export function nodeModules(): NodeModules | undefined {
  const process: NodeJS.Process | undefined = globalThis.process
  return process !== undefined && 'getBuiltinModule' in process ? loadModules(process) : undefined
}

function loadModules(process: NodeJS.Process) {
  return {
    fs: process.getBuiltinModule('node:fs/promises'),
    os: process.getBuiltinModule('node:os'),
    path: process.getBuiltinModule('node:path'),
    url: process.getBuiltinModule('node:url'),
    util: process.getBuiltinModule('node:util'),
    zlib: process.getBuiltinModule('node:zlib'),
  }
}

/** An environment variable, or undefined where it is not set, is empty, or there is no environment. */
export function environmentVariable(name: string): string | undefined {
  const value = globalThis.process?.env?.[name]
  return value === '' ? undefined : value
}
