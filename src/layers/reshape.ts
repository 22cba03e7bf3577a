import { describe, describeShape, sizeOf } from "../arrays.js";
import { checkInteger } from "../checks.js";
import { ShapeError } from "../errors.js";
import { commonOptions, type LayerOptions } from "./common.js";
import type { Layer } from "./layer.js";

export interface ReshapeOptions extends LayerOptions {
  /** The shape of a sample of the output. One size may be -1, or null: it is what the others leave over. */
  readonly targetShape: readonly (number | null)[];
}

/**
 * Gives each sample another shape of the same size. The values stay, in row-major order.
 *
 * @throws TypeError, RangeError for a shape that is none; when connected, ShapeError for samples of another size.
 */
export function reshape(options: ReshapeOptions): Layer {
  const common = commonOptions(options, ["targetShape"], "reshape");
  const { targetShape } = options;
  if (!Array.isArray(targetShape)) {
    throw new TypeError(`reshape: targetShape: expected an array of integers, got ${describe(targetShape)}`);
  }
  const sizes = targetShape.map((size) => size ?? -1);
  for (const size of sizes) if (size !== -1) checkInteger(size, "reshape: targetShape", 1);
  if (sizes.filter((size) => size === -1).length > 1) {
    throw new RangeError(`reshape: targetShape: expected at most one -1, got ${describeShape(sizes)}`);
  }
  return {
    className: "Reshape",
    ...common,
    config: { target_shape: sizes },
    outputShape(inputShape) {
      const known = sizeOf(sizes.filter((size) => size !== -1));
      const shape = sizes.map((size) => (size === -1 ? sizeOf(inputShape) / known : size));
      if (sizeOf(shape) !== sizeOf(inputShape) || !shape.every(Number.isInteger)) {
        throw new ShapeError(
          `Reshape: expected samples that fill ${describeShape(sizes)}, got ${describeShape(inputShape)}`,
        );
      }
      return shape;
    },
    weights: () => [],
    plan: () => [],
    preprocess() {},
  };
}
