import type { Kernels } from "../wasm/kernels.js";
import { lossKernels } from "../wasm/parts/losses.js";
import { defineLoss } from "./define-loss.js";
import { elementwise } from "./elementwise.js";
import type { LossBatch, LossOptions } from "./loss.js";

/** Mean over j of max(1 - y[j] · p[j], 0). Targets: -1 and 1, [rows, width]; a batch of 0 and 1 is taken for -1 and 1. */
export const hinge = /* @__PURE__ */ defineLoss<LossOptions>("hinge", "Hinge", [], () => ({
  config: {},
  ...elementwise("hinge", toSigns),
}));

/** Mean over j of max(1 - y[j] · p[j], 0)². Targets as of hinge. */
export const squaredHinge = /* @__PURE__ */ defineLoss<LossOptions>("squaredHinge", "SquaredHinge", [], () => ({
  config: {},
  ...elementwise("squaredHinge", toSigns),
}));

/** Factor and offset for the targets of a batch. */
function toSigns(kernels: Kernels, { targets, targetStride, rows, width }: LossBatch): readonly number[] {
  return lossKernels(kernels).isBinary(targets, targetStride, rows, width) ? [2, -1] : [1, 0];
}
