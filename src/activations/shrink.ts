import { checkNumber } from "../checks.js";
import { algebraic } from "./algebraic.js";
import { defineActivation } from "./define-activation.js";

export interface ShrinkOptions {
  /** At least 0. Default 0.5. */
  readonly threshold?: number;
}

export interface ThresholdOptions {
  /** Default 0. (Keras has no default.) */
  readonly threshold?: number;
  /** The value for x ≤ threshold. Default 0. (Keras has no default.) */
  readonly defaultValue?: number;
}

/** f(x) = x for |x| > threshold, 0 elsewhere. @throws TypeError, RangeError for a threshold below 0. */
export const hardShrink = /* @__PURE__ */ defineActivation<ShrinkOptions>(
  "hardShrink",
  ["threshold"],
  ({ threshold: limit = 0.5 }) => {
    checkLimit(limit, "hardShrink");
    return { config: { threshold: limit }, ...algebraic("hardShrink", limit) };
  },
);

/** f(x) = x moved by `threshold` toward 0, and no further. @throws TypeError, RangeError for a threshold below 0. */
export const softShrink = /* @__PURE__ */ defineActivation<ShrinkOptions>(
  "softShrink",
  ["threshold"],
  ({ threshold: limit = 0.5 }) => {
    checkLimit(limit, "softShrink");
    return { config: { threshold: limit }, ...algebraic("softShrink", limit) };
  },
);

/** f(x) = x for x > threshold, defaultValue elsewhere. @throws TypeError, RangeError for what is no finite number. */
export const threshold = /* @__PURE__ */ defineActivation<ThresholdOptions>(
  "threshold",
  ["threshold", "defaultValue"],
  ({ threshold: limit = 0, defaultValue = 0 }) => {
    checkNumber(limit, "threshold: threshold");
    checkNumber(defaultValue, "threshold: defaultValue");
    return {
      config: { threshold: limit, default_value: defaultValue },
      ...algebraic("threshold", limit, defaultValue, -Infinity, Infinity),
    };
  },
);

function checkLimit(value: unknown, name: string): asserts value is number {
  checkNumber(value, `${name}: threshold`, "a number of at least 0", (limit) => limit >= 0);
}
