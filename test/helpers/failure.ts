/** Calls that must fail. */
import { expect } from "vitest";
import type { Sequential } from "../../src/index.js";
import { x, y } from "./classifier.js";
import { expectSameWeights } from "./weights.js";

type ErrorClass = new (message: string) => Error;

/** A value that must be refused, with the exact class and text of the error. */
export type Refused = readonly [what: string, value: unknown, error: ErrorClass, message: string];

/** What a call throws or rejects with; undefined when it does not. */
export async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return undefined;
}

export async function expectFailure(call: () => unknown, error: ErrorClass, message: string): Promise<void> {
  const thrown = await errorOf(call);
  const told = thrown instanceof Error ? `${thrown.constructor.name}: ${thrown.message}` : thrown;
  expect(told).toBe(`${error.name}: ${message}`);
}

/**
 * The call fails and leaves no trace: no weight differs, and what a correct call makes of the model, `proceed`, is what it
 * makes of a twin that never failed.
 */
export async function expectHarmlessFailure(
  make: () => Sequential,
  call: (model: Sequential) => unknown,
  error: ErrorClass,
  message: string,
  proceed: (model: Sequential) => Promise<unknown> = (model) => model.fit(x, y),
): Promise<void> {
  const [model, twin] = [make(), make()];
  const before = model.getWeights();
  await expectFailure(() => call(model), error, message);
  expectSameWeights(model.getWeights(), before);
  expect(await proceed(model)).toEqual(await proceed(twin));
  expectSameWeights(model.getWeights(), twin.getWeights());
}

/** A value that TypeScript would not let through. */
export function wrong(value: unknown): never {
  return value as never;
}
