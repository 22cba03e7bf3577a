import { defineLoss } from "./define-loss.js";
import { elementwise } from "./elementwise.js";
import type { LossOptions } from "./loss.js";

/** Σj y[j] · ln(y[j] / p[j]), both kept in [1e-7, 1]. Targets: probabilities, [rows, width]. Keras: KLDivergence. */
export const kullbackLeiblerDivergence = /* @__PURE__ */ defineLoss<LossOptions>(
  "kullbackLeiblerDivergence",
  "KLDivergence",
  [],
  () => ({ config: {}, ...elementwise("divergence", [], () => 1) }),
);
