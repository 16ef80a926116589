import type { EngineApi } from '../core/protocol.ts'

/** A call on its way to the engine, and its answer. */
export interface Call {
  readonly id: number
  readonly method: string
  readonly values: readonly unknown[]
}

export type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: string }

/** The part of a worker that calls and answers go through. */
export interface Port {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'error', listener: (event: { message?: string }) => void): void
}

type Method = (...values: never[]) => unknown

/** An object behind a port: every method answers with a promise. */
export type Remote<Api> = {
  [M in keyof Api]: Api[M] extends Method
    ? (...values: Parameters<Api[M]>) => Promise<Awaited<ReturnType<Api[M]>>>
    : never
}

export type RemoteEngine = Remote<EngineApi>

/** Makes calls over a port; `onFailure` hears of an engine that broke altogether. */
export function remote<Api>(port: Port, onFailure: (text: string) => void): Remote<Api> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let last = 0
  port.addEventListener('message', ({ data }) => {
    const answer = data as Answer
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) call?.reject(new Error(answer.error))
    else call?.resolve(answer.value)
  })
  port.addEventListener('error', ({ message }) => onFailure(message ?? 'the worker could not be started'))
  const call = (method: string, values: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, { resolve, reject })
      port.postMessage({ id, method, values } satisfies Call)
    })
  return new Proxy({} as Remote<Api>, {
    get: (_target, method) =>
      typeof method === 'string' && method !== 'then' ? (...values: unknown[]) => call(method, values) : undefined,
  })
}

/** Answers the calls that come over a port. */
export function serve(port: Port, api: object): void {
  port.addEventListener('message', ({ data }) => {
    const { id, method, values } = data as Call
    void (async () => {
      try {
        const run = Reflect.get(api, method) as (...values: readonly unknown[]) => unknown
        port.postMessage({ id, value: await run.apply(api, [...values]) } satisfies Answer)
      } catch (error) {
        port.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies Answer)
      }
    })()
  })
}
