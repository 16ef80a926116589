/** Why tensors have no values: the call that was to give them failed while it waited for the device. */
interface Failure {
  readonly error: unknown
  /** Reported by the host as an unhandled rejection, unless somebody reads one of the tensors before that. */
  readonly unheard: Promise<never>
}

const failures = new WeakMap<object, Failure>()

/** Notes that a call failed that was to give these tensors their values. */
export function failTensors(tensors: readonly object[], error: unknown): void {
  const failure = { error, unheard: Promise.reject(error) }
  for (const tensor of tensors) failures.set(tensor, failure)
}

/** Throws the error of the call that was to give `tensor` its values. */
export function throwFailure(tensor: object): void {
  const failure = failures.get(tensor)
  if (failure === undefined) return
  failure.unheard.catch(() => undefined)
  throw failure.error
}
