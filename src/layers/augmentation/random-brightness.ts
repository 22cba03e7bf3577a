import { augmentationKernels } from "../../wasm/parts/augmentation.js";
import type { Layer } from "../layer.js";
import { augmentationLayer } from "./augmentation.js";
import {
  type AugmentationOptions,
  augmentationOptions,
  checkValueRange,
  type Factor,
  spreadFactor,
} from "./options.js";

export interface RandomBrightnessOptions extends AugmentationOptions {
  /**
   * How much brighter, as a share of the value range; darker when negative. A number f in [-1, 1] draws from [-f, f], a pair
   * of such from between the two.
   */
  readonly factor: Factor;
  /** The least and the greatest value of images, [0, 255] by default. What leaves it becomes the nearer end. */
  readonly valueRange?: readonly [number, number];
}

const where = "randomBrightness";

/**
 * In training, adds a random number to all values of each image (Keras's RandomBrightness). In prediction it does nothing.
 * Samples are images, and their shape stays.
 *
 * @throws TypeError, RangeError for options out of range; when connected, ShapeError for samples that are no images.
 */
export function randomBrightness(options: RandomBrightnessOptions): Layer {
  const common = augmentationOptions(options, ["factor", "valueRange"], where);
  const factor = spreadFactor(options.factor, `${where}: factor`);
  const valueRange = checkValueRange(options.valueRange, where);
  const [low, high] = valueRange;
  return augmentationLayer({
    className: "RandomBrightness",
    ...common,
    config: { factor, value_range: valueRange },
    draws: [factor],
    prepare: ({ arena: { kernels } }, { height, width, channels }, stride) => {
      const size = height * width * channels;
      return (images, draws, rows) => {
        augmentationKernels(kernels).adjustBrightness(images, images, draws, stride, rows, size, high - low);
        kernels.clip(images, images, low, high, rows * stride);
      };
    },
  });
}
