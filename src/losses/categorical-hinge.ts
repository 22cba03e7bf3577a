import { lossKernels } from "../wasm/parts/losses.js";
import { defineLoss } from "./define-loss.js";
import { plain } from "./kernel-passes.js";
import type { LossOptions } from "./loss.js";

/** max(1 + maxj (1 - y[j]) · p[j] - Σj y[j] · p[j], 0). Targets: one-hot, [rows, width]. */
export const categoricalHinge = /* @__PURE__ */ defineLoss<LossOptions>(
  "categoricalHinge",
  "CategoricalHinge",
  [],
  () => ({
    config: {},
    ...plain((kernels) => {
      const { categoricalHingeForward, categoricalHingeBackward } = lossKernels(kernels);
      return [categoricalHingeForward, categoricalHingeBackward];
    }),
  }),
);
