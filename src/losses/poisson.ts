import { defineLoss } from "./define-loss.js";
import { elementwise } from "./elementwise.js";
import type { LossOptions } from "./loss.js";

/** Mean over j of p[j] - y[j] · ln(p[j] + 1e-7). Targets: counts, [rows, width]. */
export const poisson = /* @__PURE__ */ defineLoss<LossOptions>("poisson", "Poisson", [], () => ({
  config: {},
  ...elementwise("poisson"),
}));
