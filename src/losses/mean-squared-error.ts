import { defineLoss } from "./define-loss.js";
import { plain } from "./kernel-passes.js";
import type { LossOptions } from "./loss.js";

/** Mean over j of (p[j] - y[j])². Targets: [rows, width]. */
export const meanSquaredError = /* @__PURE__ */ defineLoss<LossOptions>(
  "meanSquaredError",
  "MeanSquaredError",
  [],
  () => ({ config: {}, ...plain((kernels) => [kernels.meanSquaredErrorForward, kernels.meanSquaredErrorBackward]) }),
);
