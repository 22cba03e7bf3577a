import { augmentationKernels } from "../../wasm/parts/augmentation.js";
import type { Layer } from "../layer.js";
import { affineLayer } from "./affine.js";
import {
  augmentationOptions,
  type Factor,
  type Range,
  RESAMPLING_NAMES,
  type ResamplingOptions,
  spreadFactor,
} from "./options.js";

export interface RandomShearOptions extends ResamplingOptions {
  /**
   * How far to the left each row goes, as a share of its distance from the top. A number f in [0, 1] draws from [-f, f], a
   * pair from between the two; half of the images take it the other way. Default: 0.
   */
  readonly xFactor?: Factor;
  /** How far up each column goes, as a share of its distance from the left edge. Likewise. Default: 0. */
  readonly yFactor?: Factor;
}

const where = "randomShear";

/**
 * In training, slants each image at random (Keras's RandomShear): the point (x, y) shows what was at (x + a · y, y + b · x).
 * In prediction it does nothing. Samples are images, and their shape stays.
 *
 * @throws TypeError, RangeError for options out of range; when connected, ShapeError for samples that are no images.
 */
export function randomShear(options: RandomShearOptions = {}): Layer {
  const common = augmentationOptions(options, ["xFactor", "yFactor", ...RESAMPLING_NAMES], where);
  const x = spreadFactor(options.xFactor ?? 0, `${where}: xFactor`, 0);
  const y = spreadFactor(options.yFactor ?? 0, `${where}: yFactor`, 0);
  return affineLayer({
    className: "RandomShear",
    where,
    options,
    ...common,
    config: { x_factor: briefly(x), y_factor: briefly(y) },
    draws: [x, y, [0, 1]],
    matrices: (kernels, matrices, draws, rows) => augmentationKernels(kernels).shearMatrices(matrices, draws, rows),
  });
}

/** Keras takes no negative end, so what a number stood for is saved as that number. */
function briefly([lower, upper]: Range): Factor {
  return lower === -upper ? upper : [lower, upper];
}
