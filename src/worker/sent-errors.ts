/** Errors across: class, message, cause and the stack of the other side. */
import { FormatError, LanewiseError, ShapeError, StateError } from "../errors.js";

export type SentThrown = SentError | { readonly value: unknown };

interface SentError {
  /** That of its class, or of an exception such as AbortError. */
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause?: SentThrown;
  readonly isDOMException: boolean;
}

type ErrorClass = new (message: string, options?: ErrorOptions) => Error;

const classes: Readonly<Record<string, ErrorClass>> = {
  FormatError,
  LanewiseError,
  RangeError,
  ShapeError,
  StateError,
  SyntaxError,
  TypeError,
};

export function sendThrown(thrown: unknown): SentThrown {
  if (!(thrown instanceof Error)) return { value: cloneable(thrown) };
  // Of a class, `name` outlives what a minifier makes of it
  const { name, message, stack, cause } = thrown;
  const isDOMException = typeof DOMException === "function" && thrown instanceof DOMException;
  return { name, message, stack, isDOMException, ...(cause !== undefined && { cause: sendThrown(cause) }) };
}

/** The same error on this side: `instanceof` holds for the classes of this library and of JavaScript. */
export function receiveThrown(sent: SentThrown): unknown {
  if ("value" in sent) return sent.value;
  const { name, message, stack, cause, isDOMException } = sent;
  const Class = Object.hasOwn(classes, name) ? (classes[name] as ErrorClass) : Error;
  const options = cause && { cause: receiveThrown(cause) };
  const error = isDOMException ? new DOMException(message, name) : new Class(message, options);
  if (error.name !== name) Object.defineProperty(error, "name", { value: name, configurable: true, writable: true });
  const both = `${error.stack}\n    in the worker: ${stack}`;
  Object.defineProperty(error, "stack", { value: both, configurable: true, writable: true });
  return error;
}

function cloneable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return `${value}`;
  }
}
