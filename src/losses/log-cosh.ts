import { defineLoss } from "./define-loss.js";
import { elementwise } from "./elementwise.js";
import type { LossOptions } from "./loss.js";

/** Mean over j of ln cosh(p[j] - y[j]). Targets: [rows, width]. */
export const logCosh = /* @__PURE__ */ defineLoss<LossOptions>("logCosh", "LogCosh", [], () => ({
  config: {},
  ...elementwise("logCosh"),
}));
