import { checkNumber } from "../checks.js";
import { algebraic } from "./algebraic.js";
import { type ActivationParts, defineActivation } from "./define-activation.js";

export interface ReluOptions {
  /** The slope below the threshold. Default 0. */
  readonly negativeSlope?: number;
  /** The largest value there is; null, the default, for no limit. */
  readonly maxValue?: number | null;
  /** Up to it, x has no value of its own. Default 0. */
  readonly threshold?: number;
}

export interface LeakyReluOptions {
  /** The slope below 0. Default 0.2; that of `layers.leakyReLU` is 0.3. */
  readonly negativeSlope?: number;
}

/**
 * f(x) = max(x, 0). With options: negativeSlope · (x - threshold) for x ≤ threshold; above it x or, where there is a
 * maxValue, what of x lies between 0 and that.
 *
 * @throws TypeError, RangeError for options that are no finite numbers.
 */
export const relu = /* @__PURE__ */ defineActivation<ReluOptions>(
  "relu",
  ["negativeSlope", "maxValue", "threshold"],
  ({ negativeSlope = 0, maxValue = null, threshold = 0 }) => {
    checkNumber(negativeSlope, "relu: negativeSlope");
    if (maxValue !== null) checkNumber(maxValue, "relu: maxValue", "a finite number or null");
    checkNumber(threshold, "relu: threshold");
    return {
      config: { negative_slope: negativeSlope, max_value: maxValue, threshold },
      layerClass: "ReLU",
      ...rectifier(negativeSlope, maxValue, threshold),
    };
  },
);

/** f(x) = min(max(x, 0), 6). */
export const relu6 = /* @__PURE__ */ defineActivation("relu6", [], () => ({ config: {}, ...rectifier(0, 6, 0) }));

/**
 * f(x) = x for x > 0, negativeSlope · x elsewhere (Maas et al. 2013).
 *
 * @throws TypeError, RangeError for a slope that is no finite number.
 */
export const leakyRelu = /* @__PURE__ */ defineActivation<LeakyReluOptions>(
  "leakyRelu",
  ["negativeSlope"],
  ({ negativeSlope = 0.2 }) => {
    checkNumber(negativeSlope, "leakyRelu: negativeSlope");
    return { config: { negative_slope: negativeSlope }, layerClass: "LeakyReLU", ...rectifier(negativeSlope, null, 0) };
  },
);

function rectifier(slope: number, maxValue: number | null, threshold: number): Omit<ActivationParts, "config"> {
  if (slope === 0 && maxValue === null && threshold === 0) {
    return {
      derivativeFrom: "y",
      forward: (kernels, y, x, { rows, stride }) => kernels.reluForward(y, x, rows * stride),
      backward: (kernels, dX, dY, y, { rows, stride }) => kernels.reluBackward(dX, dY, y, rows * stride),
    };
  }
  const [lowest, highest] = maxValue === null ? [-Infinity, Infinity] : [0, maxValue];
  return {
    ...algebraic(slope === 0 ? "threshold" : "leaky", threshold, slope, lowest, highest),
    // The slope at y is that at x where y is as far from 0, to the same side
    derivativeFrom: slope >= 0 && threshold === 0 ? "y" : "x",
  };
}
