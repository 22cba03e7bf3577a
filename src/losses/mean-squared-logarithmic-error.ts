import { defineLoss } from "./define-loss.js";
import { elementwise } from "./elementwise.js";
import type { LossOptions } from "./loss.js";

/** Mean over j of (ln(1 + p[j]) - ln(1 + y[j]))², both kept from going below 1e-7. Targets: [rows, width]. */
export const meanSquaredLogarithmicError = /* @__PURE__ */ defineLoss<LossOptions>(
  "meanSquaredLogarithmicError",
  "MeanSquaredLogarithmicError",
  [],
  () => ({ config: {}, ...elementwise("squaredLogarithmic") }),
);
