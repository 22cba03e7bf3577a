/** 'crossentropy': the cross-entropy that fits the output. */
import { binaryCrossentropy } from "../losses/binary-crossentropy.js";
import { categoricalCrossentropy } from "../losses/categorical-crossentropy.js";
import { defineMetric } from "./define-metric.js";
import { meanOverRows } from "./loss-mean.js";

/**
 * Stands for `binaryCrossentropy` of a single output, and of several for `categoricalCrossentropy`: as Keras chooses, for a
 * model's targets are one-hot rows here, even where they were given as class numbers.
 */
export const crossentropy = /* @__PURE__ */ defineMetric("crossentropy", {
  className: "Crossentropy",
  defaults: {},
  reading: { targets: "alike", values: "rows" },
  start() {
    const [binary, categorical] = [binaryCrossentropy(), categoricalCrossentropy()];
    return meanOverRows(({ memory: { width, targets, targetStride } }, measure) => {
      measure(width === 1 ? binary : categorical, targets, targetStride);
    });
  },
});
