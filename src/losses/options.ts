/** Options that several losses have, and their checks. */
import { checkBoolean, checkInteger, checkNumber } from "../checks.js";
import type { LossOptions } from "./loss.js";

/** Of losses of one axis. */
export interface AxisOptions extends LossOptions {
  /** On host arrays: the axis that becomes a row. A model's loss knows only the last one. Default: -1. */
  readonly axis?: number;
}

/** Of cross-entropies. */
export interface LogitsOptions extends AxisOptions {
  /** Whether the output are logits, which the loss is then to turn into probabilities. Default: false. */
  readonly fromLogits?: boolean;
}

/** Of cross-entropies of dense targets. */
export interface SmoothingOptions extends LogitsOptions {
  /** How far targets are moved towards equal shares, in [0, 1]. Default: 0. */
  readonly labelSmoothing?: number;
}

/** The axis, checked. */
export function checkAxis({ axis = -1 }: AxisOptions, where: string): number {
  checkInteger(axis, `${where}: axis`, Number.MIN_SAFE_INTEGER);
  return axis;
}

/** The options, checked, with their defaults. */
export function checkLogits({ fromLogits = false, ...rest }: LogitsOptions, where: string) {
  checkBoolean(fromLogits, `${where}: fromLogits`);
  return { fromLogits, axis: checkAxis(rest, where) };
}

/** The options, checked, with their defaults. */
export function checkSmoothing({ labelSmoothing = 0, ...rest }: SmoothingOptions, where: string) {
  checkNumber(labelSmoothing, `${where}: labelSmoothing`, "a number in [0, 1]", (share) => share >= 0 && share <= 1);
  return { labelSmoothing, ...checkLogits(rest, where) };
}
