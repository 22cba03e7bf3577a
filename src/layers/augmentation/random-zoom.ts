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

export interface RandomZoomOptions extends ResamplingOptions {
  /**
   * How much more than the image's height is to be seen, as a share of it; less, so that the image grows, when negative. A
   * number f in [-1, 1] draws from [-f, f], a pair of such from between the two.
   */
  readonly heightFactor: Factor;
  /** Likewise for the width. Default: what was drawn for the height, so that the image keeps its proportions. */
  readonly widthFactor?: Factor | null;
}

const where = "randomZoom";

/**
 * In training, shrinks or grows each image about its middle at random (Keras's RandomZoom). In prediction it does nothing.
 * Samples are images, and their shape stays.
 *
 * @throws TypeError, RangeError for options out of range; when connected, ShapeError for samples that are no images.
 */
export function randomZoom(options: RandomZoomOptions): Layer {
  const common = augmentationOptions(options, ["heightFactor", "widthFactor", ...RESAMPLING_NAMES], where);
  const { heightFactor, widthFactor = null } = options;
  const height = spreadFactor(heightFactor, `${where}: heightFactor`);
  const width = widthFactor === null ? null : spreadFactor(widthFactor, `${where}: widthFactor`);
  return affineLayer({
    className: "RandomZoom",
    where,
    options,
    ...common,
    config: { height_factor: toSave(heightFactor), width_factor: widthFactor === null ? null : toSave(widthFactor) },
    draws: [height, width ?? height].map(([lower, upper]) => [1 + lower, 1 + upper]),
    matrices: (kernels, matrices, draws, rows, shape) =>
      augmentationKernels(kernels).zoomMatrices(matrices, draws, rows, shape.height, shape.width, width === null),
  });
}
