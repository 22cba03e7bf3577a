/** What images are multiplied by before the first layer. */
import type { NDArray } from "../arrays.js";
import { measure } from "./measure.js";

export interface Scaling {
  /** What values are divided by; 1 when they are taken as they are. */
  readonly divisor: number;
  readonly least: number;
  readonly largest: number;
}

/** Up to here values are taken to be of a size that networks like. */
const LARGEST_UNSCALED = 10;

/**
 * Bytes are divided by 255. Anything else is taken as it is, unless it is large: then it is divided by its largest
 * magnitude. Floating point data with negative values has been centred by somebody, and stays as it is.
 */
export function chooseScaling(array: NDArray): Scaling {
  const { dtype } = array;
  const { least, largest } = measure(array);
  const magnitude = Math.max(-least, largest);
  const centred = least < 0 && dtype.startsWith("float");
  const asIs = magnitude <= LARGEST_UNSCALED || centred;
  return { divisor: dtype === "uint8" ? 255 : asIs ? 1 : magnitude, least, largest };
}
