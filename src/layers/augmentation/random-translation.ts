import { augmentationKernels } from "../../wasm/parts/augmentation.js";
import type { Layer } from "../layer.js";
import { affineLayer } from "./affine.js";
import {
  augmentationOptions,
  type Factor,
  RESAMPLING_NAMES,
  type ResamplingOptions,
  spreadFactor,
  toSave,
} from "./options.js";

export interface RandomTranslationOptions extends ResamplingOptions {
  /**
   * How far down, as a share of the height; up when negative. A number f in [-1, 1] draws from [-f, f], a pair of such from
   * between the two.
   */
  readonly heightFactor: Factor;
  /** How far to the right, as a share of the width. Likewise. */
  readonly widthFactor: Factor;
}

const where = "randomTranslation";

/**
 * In training, moves each image by random shares of its height and width (Keras's RandomTranslation). In prediction it does
 * nothing. Samples are images, and their shape stays.
 *
 * @throws TypeError, RangeError for options out of range; when connected, ShapeError for samples that are no images.
 */
export function randomTranslation(options: RandomTranslationOptions): Layer {
  const own = ["heightFactor", "widthFactor", ...RESAMPLING_NAMES];
  const common = augmentationOptions(options, own, where);
  const height = spreadFactor(options.heightFactor, `${where}: heightFactor`);
  const width = spreadFactor(options.widthFactor, `${where}: widthFactor`);
  return affineLayer({
    className: "RandomTranslation",
    where,
    options,
    ...common,
    config: { height_factor: toSave(options.heightFactor), width_factor: toSave(options.widthFactor) },
    draws: [height, width],
    matrices: (kernels, matrices, draws, rows, shape) =>
      augmentationKernels(kernels).translationMatrices(matrices, draws, rows, shape.height, shape.width),
  });
}
