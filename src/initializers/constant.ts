import { sizeOf } from "../arrays.js";
import { checkNumber, checkOptions } from "../checks.js";
import type { Initializer } from "./initializer.js";

/** All elements equal to `value` (default 0). @throws TypeError, RangeError when it is no finite number. */
export function constant(options: { readonly value?: number } = {}): Initializer {
  checkOptions(options, ["value"], "constant");
  const { value = 0 } = options;
  checkNumber(value, "constant: value");
  return filled("Constant", value, { value });
}

/** All elements 0. */
export function zeros(): Initializer {
  return filled("Zeros", 0, {});
}

/** All elements 1. */
export function ones(): Initializer {
  return filled("Ones", 1, {});
}

function filled(className: string, value: number, config: Record<string, unknown>): Initializer {
  return { className, config, fill: ({ kernels }, out, shape) => kernels.fill(out, value, sizeOf(shape)) };
}
