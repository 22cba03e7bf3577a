/** Either end of a worker, whichever platform made it. */
import { StateError } from "../errors.js";

/** A Worker or MessagePort of a browser, or the global scope of a worker. */
export interface WebEndpoint {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: string, listener: (event: Event) => void): void;
  start?(): void;
  terminate?(): void;
}

/** A Worker or MessagePort of `node:worker_threads`. */
export interface NodeEndpoint {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  on(type: string, listener: (value: unknown) => void): unknown;
  /** -1 when it has ended. */
  readonly threadId?: number;
}

export type Endpoint = WebEndpoint | NodeEndpoint;

/** Hears messages, without what the platform wraps them in. */
export function onMessage(endpoint: Endpoint, heard: (message: unknown) => void): void {
  if ("on" in endpoint) {
    endpoint.on("message", heard);
    return;
  }
  endpoint.addEventListener("message", (event) => heard((event as MessageEvent<unknown>).data));
  endpoint.start?.();
}

/** Hears that nothing will come any more, and why. */
export function onEnd(endpoint: Endpoint, ended: (reason: string, cause?: unknown) => void): void {
  if ("on" in endpoint) {
    if (endpoint.threadId === -1) ended("it has ended");
    endpoint.on("error", (error) => ended(messageOf(error), error));
    endpoint.on("messageerror", (error) => ended(`a message could not be read: ${messageOf(error)}`, error));
    endpoint.on("exit", (code) => ended(`it has ended with exit code ${code}`));
    endpoint.on("close", () => ended("its port was closed"));
    return;
  }
  endpoint.addEventListener("error", (event) => {
    const { message, error } = event as Partial<ErrorEvent>;
    // There is no message when the script itself can't be loaded
    ended(message || "its script could not be loaded", error);
  });
  endpoint.addEventListener("messageerror", () => ended("a message could not be read"));
  endpoint.addEventListener("close", () => ended("its port was closed"));
  const { terminate } = endpoint;
  if (!terminate) return;
  // No event tells of it
  endpoint.terminate = () => {
    terminate.call(endpoint);
    ended("it was terminated");
  };
}

/** The end that a script finds itself at. @throws StateError outside of a worker. */
export function ownEndpoint(): Endpoint {
  // Not an import, which a bundler for browsers would stumble over
  const port = globalThis.process?.getBuiltinModule?.("node:worker_threads")?.parentPort;
  if (port) return port as NodeEndpoint;
  const scope = globalThis as unknown as WebEndpoint;
  if (typeof document === "undefined" && typeof scope.postMessage === "function") return scope;
  throw new StateError("serve: expected to be called in a worker; in a SharedWorker, hand it the port");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : `${error}`;
}
