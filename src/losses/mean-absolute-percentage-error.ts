import { defineLoss } from "./define-loss.js";
import { elementwise } from "./elementwise.js";
import type { LossOptions } from "./loss.js";

/** 100 times the mean over j of |p[j] - y[j]| / max(|y[j]|, 1e-7). Targets: [rows, width]. */
export const meanAbsolutePercentageError = /* @__PURE__ */ defineLoss<LossOptions>(
  "meanAbsolutePercentageError",
  "MeanAbsolutePercentageError",
  [],
  () => ({ config: {}, ...elementwise("percentage", [], (width) => 100 / width) }),
);
