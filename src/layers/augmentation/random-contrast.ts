import { toVectors } from "../../wasm/kernels.js";
import { augmentationKernels } from "../../wasm/parts/augmentation.js";
import type { Layer } from "../layer.js";
import { augmentationLayer } from "./augmentation.js";
import { type AugmentationOptions, augmentationOptions, checkValueRange, type Factor, shareFactor } from "./options.js";

export interface RandomContrastOptions extends AugmentationOptions {
  /**
   * How much contrast, beside 1: a pair (a, b) in [0, 1], a ≤ b, draws from [1 - a, 1 + b]. A number f means (0, f), which
   * only raises the contrast; Keras's text says otherwise, its code does just that. [f, f] goes both ways.
   */
  readonly factor: Factor;
  /** The least and the greatest value of images, [0, 255] by default. What leaves it becomes the nearer end. */
  readonly valueRange?: readonly [number, number];
}

const where = "randomContrast";

/**
 * In training, moves all values of each image away from the mean of their channel, or towards it: (x - mean) · c + mean, c
 * drawn for each image (Keras's RandomContrast). In prediction it does nothing. Samples are images, and their shape stays.
 *
 * @throws TypeError, RangeError for options out of range; when connected, ShapeError for samples that are no images.
 */
export function randomContrast(options: RandomContrastOptions): Layer {
  const common = augmentationOptions(options, ["factor", "valueRange"], where);
  const factor = shareFactor(options.factor, `${where}: factor`);
  const valueRange = checkValueRange(options.valueRange, where);
  const [low, high] = valueRange;
  return augmentationLayer({
    className: "RandomContrast",
    ...common,
    config: { factor, value_range: valueRange },
    draws: [[1 - factor[0], 1 + factor[1]]],
    prepare: ({ arena }, { height, width, channels }, stride) => {
      const { kernels } = arena;
      const pixels = height * width;
      const scratch = arena.allocate(toVectors(pixels * channels) + toVectors(channels));
      return (images, draws, rows) => {
        augmentationKernels(kernels).adjustContrast(images, images, draws, stride, rows, pixels, channels, scratch);
        kernels.clip(images, images, low, high, rows * stride);
      };
    },
  });
}
