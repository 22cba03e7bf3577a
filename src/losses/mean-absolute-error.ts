import { defineLoss } from "./define-loss.js";
import { elementwise } from "./elementwise.js";
import type { LossOptions } from "./loss.js";

/** Mean over j of |p[j] - y[j]|. Targets: [rows, width]. */
export const meanAbsoluteError = /* @__PURE__ */ defineLoss<LossOptions>(
  "meanAbsoluteError",
  "MeanAbsoluteError",
  [],
  () => ({ config: {}, ...elementwise("absolute") }),
);
