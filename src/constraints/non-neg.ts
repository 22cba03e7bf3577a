import type { NDArray } from "../arrays.js";
import { callable, type MemberFunction } from "../callable.js";
import { checkOptions } from "../checks.js";
import { constrainArray } from "./constrain-array.js";
import type { Constraint } from "./constraint.js";

/** Sets negative weights to 0 (Keras: NonNeg). It has no options. */
export const nonNeg: MemberFunction<object, Constraint, NDArray<Float32Array>> = /* @__PURE__ */ callable(
  (options: object) => {
    checkOptions(options, [], "nonNeg");
    return {
      className: "NonNeg",
      config: {},
      apply: ({ kernels }, { pointer, rows, stride }) => kernels.reluForward(pointer, pointer, rows * stride),
    };
  },
  constrainArray,
);
