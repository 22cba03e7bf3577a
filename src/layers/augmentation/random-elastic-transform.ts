import { checkNumber } from "../../checks.js";
import { resamplingLength, smoothingLength } from "../../wasm/kernels.js";
import { augmentationKernels } from "../../wasm/parts/augmentation.js";
import type { Layer } from "../layer.js";
import { augmentationLayer } from "./augmentation.js";
import {
  augmentationOptions,
  checkResampling,
  checkValueRange,
  type Factor,
  RESAMPLING_NAMES,
  type ResamplingOptions,
  shareFactor,
} from "./options.js";

export interface RandomElasticTransformOptions extends ResamplingOptions {
  /**
   * How likely it is that an image is distorted. A number f in [0, 1] draws the probability from [0, f] for each image, a
   * pair of such from between the two. Default: 1.
   */
  readonly factor?: Factor;
  /**
   * How strongly, drawn once for each batch: from [0, f] for a number f in [0, 1], or between two numbers of at least 0.
   * Default: 1.
   */
  readonly scale?: Factor;
  /**
   * The deviation of the Gaussian, as a share of the shorter side; more makes neighbours move together. Default: as Keras has
   * it, 0.05 f for the strength f.
   */
  readonly smoothness?: number | null;
  /** The least and the greatest value of images, [0, 255] by default. What leaves it becomes the nearer end. */
  readonly valueRange?: readonly [number, number];
}

const where = "randomElasticTransform";

/**
 * In training, distorts images at random, as if they were drawn on rubber (Simard, Steinkraus, Platt 2003; Keras's
 * RandomElasticTransform). Every point moves by normal noise that a Gaussian has smoothed, both of the deviation s, a
 * share of the shorter side; for the strength f the moves are multiplied by 0.1 f of the longer side, which makes the deviation
 * of each coordinate about 0.028 f of it. In prediction it does nothing.
 * Samples are images, and their shape stays.
 *
 * @throws TypeError, RangeError for options out of range; when connected, ShapeError for samples that are no images.
 */
export function randomElasticTransform(options: RandomElasticTransformOptions = {}): Layer {
  const own = ["factor", "scale", "smoothness", "valueRange", ...RESAMPLING_NAMES];
  const common = augmentationOptions(options, own, where);
  const factor = shareFactor(options.factor ?? 1, `${where}: factor`);
  const scale = shareFactor(options.scale ?? 1, `${where}: scale`, Number.POSITIVE_INFINITY);
  const { smoothness = null } = options;
  if (smoothness !== null)
    checkNumber(smoothness, `${where}: smoothness`, "a number in (0, 1]", (s) => s > 0 && s <= 1);
  const { resampling, config } = checkResampling(options, where);
  const valueRange = checkValueRange(options.valueRange, where);
  const { rounded, fillMode, fillValue } = resampling;
  const [low, high] = valueRange;
  return augmentationLayer({
    className: "RandomElasticTransform",
    ...common,
    config: { factor, scale, ...(smoothness !== null && { smoothness }), ...config, value_range: valueRange },
    draws: [factor, [0, 1]],
    idle: factor[1] === 0 || scale[1] === 0,
    prepare({ arena }, { height, width, channels }, stride) {
      const { kernels } = arena;
      const strength = arena.allocate(4);
      // One more than there can be, whatever the core's single precision makes of the strength
      const taps = Math.floor(6 * (smoothness ?? 0.05 * scale[1]) * Math.min(height, width)) + 3;
      const scratch = arena.allocate(resamplingLength(height, width));
      const smoothing = arena.allocate(smoothingLength(height, width, taps));
      return (images, draws, rows, { seedLow, seedHigh, step, noiseStream, batchStream }) => {
        kernels.randomUniform(strength, scale[0], scale[1], seedLow, seedHigh, batchStream, step, 1);
        augmentationKernels(kernels).elasticTransform(
          images,
          draws,
          strength,
          smoothness ?? 0,
          stride,
          0,
          rows,
          height,
          width,
          channels,
          rounded,
          fillMode,
          fillValue,
          seedLow,
          seedHigh,
          noiseStream,
          step,
          scratch,
          smoothing,
        );
        kernels.clip(images, images, low, high, rows * stride);
      };
    },
  });
}
