/** How results are compared with the reference. */
import { expect } from "vitest";
import type { Build } from "./harness.js";

/**
 * debug and release: the same bits, NaN equal to NaN. relaxed: within `tolerance` of max(1, |expected|), which is left
 * out where no multiply-add is in play and the relaxed build has to give the same bits too.
 */
export function expectEqual(build: Build, actual: Float32Array, expected: Float32Array, tolerance = 0): void {
  if (build === "relaxed" && tolerance > 0) expectClose(actual, expected, tolerance);
  else expectSameBits(actual, expected);
}

/** The same bits, NaN equal to NaN. */
export function expectSameBits(actual: Float32Array, expected: Float32Array): void {
  const actualBits = bitsOf(actual);
  const expectedBits = bitsOf(expected);
  expectEach(actual, expected, "the same bits as", (i, value, wanted) => {
    return actualBits[i] === expectedBits[i] || (Number.isNaN(value) && Number.isNaN(wanted));
  });
}

/** Each within `tolerance` · max(1, |expected|); NaN and infinities as expected. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expectEach(actual, expected, `within ${tolerance} of`, (_, value, wanted) => {
    return Object.is(value, wanted) || Math.abs(value - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
  });
}

/** The largest |actual - expected| / |expected|. NaN anywhere gives NaN. */
export function largestRelativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < actual.length; i++) {
    const [value, wanted] = [actual[i] as number, expected[i] as number];
    if (value !== wanted) largest = Math.max(largest, Math.abs((value - wanted) / wanted));
  }
  return largest;
}

/** All hold, or the first that does not is told. (`expect` on whole arrays is slow, and takes no -0 for 0.) */
export function expectEach(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  relation: string,
  holds: (i: number, actual: number, expected: number) => boolean,
): void {
  expect(actual.length, "length").toBe(expected.length);
  for (let i = 0; i < actual.length; i++) {
    const [value, wanted] = [actual[i] as number, expected[i] as number];
    if (!holds(i, value, wanted)) expect.fail(`element ${i}: expected ${relation} ${show(wanted)}, got ${show(value)}`);
  }
}

function bitsOf(x: Float32Array): Uint32Array {
  return new Uint32Array(x.buffer, x.byteOffset, x.length);
}

function show(value: number): string {
  return Object.is(value, -0) ? "-0" : `${value}`;
}
