import { callable, type MemberFunction } from "../callable.js";
import { checkNumber, checkOptions } from "../checks.js";
import { offset } from "../wasm/kernels.js";
import { measureArray } from "./measure-array.js";
import type { Penalized, Regularizer } from "./regularizer.js";

export interface L1Options {
  /** At least 0. Default 0.01. */
  readonly l1?: number;
}

export interface L2Options {
  /** At least 0. Default 0.01. */
  readonly l2?: number;
}

export interface L1L2Options {
  /** At least 0. Default 0. */
  readonly l1?: number;
  /** At least 0. Default 0. */
  readonly l2?: number;
}

type RegularizerFunction<Options> = MemberFunction<Options, Regularizer, number>;

/** l1 · Σ |w| (Keras: L1). @throws TypeError, RangeError for options out of range. */
export const l1: RegularizerFunction<L1Options> = /* @__PURE__ */ callable((options: L1Options) => {
  checkOptions(options, ["l1"], "l1");
  return elementwise("l1", options.l1 ?? 0.01, 0);
}, measureArray);

/** l2 · Σ w² (Keras: L2). @throws TypeError, RangeError for options out of range. */
export const l2: RegularizerFunction<L2Options> = /* @__PURE__ */ callable((options: L2Options) => {
  checkOptions(options, ["l2"], "l2");
  return elementwise("l2", 0, options.l2 ?? 0.01);
}, measureArray);

/**
 * l1 · Σ |w| + l2 · Σ w² (Keras: L1L2). Without options it is 0, as in Keras, where TensorFlow.js has 0.01 for both; so does
 * the text 'l1l2'.
 *
 * @throws TypeError, RangeError for options out of range.
 */
export const l1l2: RegularizerFunction<L1L2Options> = /* @__PURE__ */ callable((options: L1L2Options) => {
  checkOptions(options, ["l1", "l2"], "l1l2");
  return elementwise("l1l2", options.l1 ?? 0, options.l2 ?? 0);
}, measureArray);

/** Σ magnitude · |w| + square · w². It is saved as an L1L2, the only one that TensorFlow.js has. */
export function elementwise(where: string, magnitude: number, square: number): Regularizer {
  checkNumber(magnitude, `${where}: l1`, "a number of at least 0", (value) => value >= 0);
  checkNumber(square, `${where}: l2`, "a number of at least 0", (value) => value >= 0);
  return {
    className: "L1L2",
    config: { l1: magnitude, l2: square },
    penalty({ kernels }, penalized) {
      let total = 0;
      for (const [first, length] of stretches(penalized)) {
        const values = offset(penalized.pointer, first);
        if (magnitude > 0) total += magnitude * kernels.sumOfMagnitudes(values, length);
        if (square > 0) total += square * kernels.sumOfSquares(values, length);
      }
      return total;
    },
    addGradient({ kernels }, gradient, penalized, scale) {
      const { pointer } = penalized;
      for (const [first, length] of stretches(penalized)) {
        const [target, values] = [offset(gradient, first), offset(pointer, first)];
        kernels.addPenaltyGradient(target, values, magnitude * scale, 2 * square * scale, length);
      }
    },
  };
}

/** First and length of each stretch without gaps: all at once, where the gaps do no harm. */
function stretches({ rows, width, stride, zeroBetween }: Penalized): (readonly [number, number])[] {
  if (zeroBetween) return [[0, rows * stride]];
  return Array.from({ length: rows }, (_, row) => [row * stride, width]);
}
