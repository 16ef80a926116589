/** The three parts that every error of this library tells. */
export interface ErrorParts {
  /** What happened, with the name of the operation or the layer's path in the model. */
  readonly what: string
  /** What was expected instead. */
  readonly expected: string
  /** What to change so that it works. */
  readonly fix: string
  /** The error that led to this one, where there was one. */
  readonly cause?: unknown
}

/** The base of every error that this library throws on purpose: what happened, what was expected, how to fix it. */
export class NeuriteError extends Error {
  readonly what: string
  readonly expected: string
  readonly fix: string

  constructor(parts: ErrorParts) {
    const message = `${parts.what}\n  expected: ${parts.expected}\n  fix: ${parts.fix}`
    super(message, 'cause' in parts ? { cause: parts.cause } : undefined)
    this.what = parts.what
    this.expected = parts.expected
    this.fix = parts.fix
  }

  // A getter survives minification, and keeps the instances free of a field that never varies.
  override get name(): string {
    return 'NeuriteError'
  }
}

/** Shapes that do not fit each other, or do not fit the operation or layer. */
export class ShapeError extends NeuriteError {
  override get name(): string {
    return 'ShapeError'
  }
}

/** A dtype that the operation cannot take, or a value that the dtype cannot hold. */
export class DTypeError extends NeuriteError {
  override get name(): string {
    return 'DTypeError'
  }
}

/** An index, axis or class label outside its range. */
export class IndexOutOfRangeError extends NeuriteError {
  override get name(): string {
    return 'IndexOutOfRangeError'
  }
}

/** An argument or option with a value that makes no sense, or an option that does not exist. */
export class ArgumentError extends NeuriteError {
  override get name(): string {
    return 'ArgumentError'
  }
}

/** A model or program that does not fit the memory. */
export class MemoryError extends NeuriteError {
  override get name(): string {
    return 'MemoryError'
  }
}

/** A call at a moment when it is not possible: a freed model, a value read while tracing, a stopped device. */
export class StateError extends NeuriteError {
  override get name(): string {
    return 'StateError'
  }
}

/** Data that cannot be used: missing or altered downloads, NaN in the inputs, labels that fit no class. */
export class DataError extends NeuriteError {
  override get name(): string {
    return 'DataError'
  }
}

/** A file whose bytes break the rules of its format. */
export class FileFormatError extends NeuriteError {
  override get name(): string {
    return 'FileFormatError'
  }
}
