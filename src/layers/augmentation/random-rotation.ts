import { augmentationKernels } from "../../wasm/parts/augmentation.js";
import type { Layer } from "../layer.js";
import { affineLayer } from "./affine.js";
import { augmentationOptions, type Factor, RESAMPLING_NAMES, type ResamplingOptions, spreadFactor } from "./options.js";

export interface RandomRotationOptions extends ResamplingOptions {
  /**
   * How far counter-clockwise, as a share of a full turn; clockwise when negative. A number f in [-1, 1] draws from [-f, f],
   * a pair of such from between the two.
   */
  readonly factor: Factor;
}

const where = "randomRotation";

/**
 * In training, turns each image about its middle by a random angle (Keras's RandomRotation). In prediction it does nothing.
 * Samples are images, and their shape stays.
 *
 * @throws TypeError, RangeError for options out of range; when connected, ShapeError for samples that are no images.
 */
export function randomRotation(options: RandomRotationOptions): Layer {
  const common = augmentationOptions(options, ["factor", ...RESAMPLING_NAMES], where);
  const factor = spreadFactor(options.factor, `${where}: factor`);
  return affineLayer({
    className: "RandomRotation",
    where,
    options,
    ...common,
    config: { factor },
    draws: [factor],
    matrices: (kernels, matrices, draws, rows, shape) =>
      augmentationKernels(kernels).rotationMatrices(matrices, draws, rows, shape.height, shape.width),
  });
}
