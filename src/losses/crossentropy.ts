/** 'crossentropy': the cross-entropy that fits the shapes. */
import { binaryCrossentropy } from "./binary-crossentropy.js";
import { categoricalCrossentropy, sparseCategoricalCrossentropy } from "./categorical-crossentropy.js";
import type { Loss } from "./loss.js";

/**
 * Stands for binaryCrossentropy where the output is single, else for sparseCategoricalCrossentropy where targets are single
 * class numbers, and else for categoricalCrossentropy, as Keras chooses.
 */
export function crossentropy(): Loss {
  return {
    ...categoricalCrossentropy(),
    name: "crossentropy",
    className: "Crossentropy",
    forShapes(yTrue, yPred) {
      if (yPred.at(-1) === 1) return binaryCrossentropy();
      const isSparse = yTrue.length < yPred.length || yTrue.at(-1) === 1;
      return isSparse ? sparseCategoricalCrossentropy() : categoricalCrossentropy();
    },
  };
}
