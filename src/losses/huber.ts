import { checkNumber } from "../checks.js";
import { defineLoss } from "./define-loss.js";
import { elementwise } from "./elementwise.js";
import type { LossOptions } from "./loss.js";

export interface HuberOptions extends LossOptions {
  /** Up to which error the loss is quadratic, above 0. Default: 1. */
  readonly delta?: number;
}

/**
 * Mean over j of e²/2 where |e| ≤ delta, and delta · |e| - delta²/2 elsewhere, e = p[j] - y[j] (Huber 1964). Targets:
 * [rows, width].
 *
 * @throws TypeError, RangeError for options that are unknown or out of range.
 */
export const huber = /* @__PURE__ */ defineLoss<HuberOptions>("huber", "Huber", ["delta"], ({ delta = 1 }) => {
  checkNumber(delta, "huber: delta", "a number above 0", (value) => value > 0);
  return { config: { delta }, ...elementwise("huber", [delta]) };
});
