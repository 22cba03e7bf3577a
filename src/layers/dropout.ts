import { commonOptions } from "./common.js";
import type { Layer } from "./layer.js";
import {
  checkNoiseFits,
  checkNoiseShape,
  checkRate,
  type Noise,
  type NoiseOptions,
  type NoiseShape,
  noiseStep,
  optionalSeed,
} from "./noise.js";

export interface DropoutOptions extends NoiseOptions {
  /** The share of values to drop: in [0, 1] for dropout, in [0, 1) for alphaDropout. */
  readonly rate: number;
  /**
   * The shape of what is drawn, with the batch: `[null, 1, null]` drops the same columns in all rows of a sample of rank 2,
   * `[1, null]` the same values in all samples of a batch. Default: each value by itself.
   */
  readonly noiseShape?: NoiseShape | null;
}

/** -1.0507 · 1.6733, to which SELU falls. */
const ALPHA_PRIME = -1.6732632423543772 * 1.0507009873554805;

/**
 * In training, sets each value to 0 with probability `rate` and multiplies the others by 1 / (1 - rate) (Srivastava et al.
 * 2014). In prediction it does nothing. The shape stays.
 *
 * @throws TypeError, RangeError for a rate outside [0, 1], another option out of range; when connected, ShapeError for a
 *   noiseShape that does not fit.
 */
export function dropout(options: DropoutOptions): Layer {
  return droppingLayer(
    "Dropout",
    "dropout",
    options,
    true,
    (rate) =>
      (kernels, y, mask, x, { stride, rows, width }, { seedLow, seedHigh, stream, step }) => {
        kernels.dropoutForward(y, mask, x, stride, 0, rows, width, rate, seedLow, seedHigh, stream, step);
      },
  );
}

/**
 * Dropout for SELU (Klambauer et al. 2017): dropped values become -1.7581, and the result is scaled and shifted so that
 * mean and variance stay. In prediction it does nothing.
 *
 * @throws TypeError, RangeError for a rate outside [0, 1), another option out of range; when connected, ShapeError for a
 *   noiseShape that does not fit.
 */
export function alphaDropout(options: DropoutOptions): Layer {
  return droppingLayer("AlphaDropout", "alphaDropout", options, false, (rate) => {
    const a = 1 / Math.sqrt((1 - rate) * (1 + rate * ALPHA_PRIME * ALPHA_PRIME));
    const b = -a * ALPHA_PRIME * rate;
    return (kernels, y, mask, x, { stride, rows, width }, { seedLow, seedHigh, stream, step }) => {
      kernels.alphaDropoutForward(
        y,
        mask,
        x,
        stride,
        0,
        rows,
        width,
        rate,
        ALPHA_PRIME,
        a,
        b,
        seedLow,
        seedHigh,
        stream,
        step,
      );
    };
  });
}

function droppingLayer(
  className: string,
  where: string,
  options: DropoutOptions,
  mayBeOne: boolean,
  prepare: (rate: number) => Noise,
): Layer {
  const common = commonOptions(options, ["rate", "noiseShape", "seed"], where);
  const { rate } = options;
  checkRate(rate, where, mayBeOne);
  const seed = optionalSeed(options.seed, where);
  const noiseShape = checkNoiseShape(options.noiseShape, where);
  return {
    className,
    ...common,
    config: { rate, seed, noise_shape: noiseShape },
    outputShape(inputShape) {
      if (noiseShape) checkNoiseFits(noiseShape, inputShape, where);
      return inputShape;
    },
    weights: () => [],
    plan: (context) => (rate > 0 && context.training ? [noiseStep(context, prepare(rate), seed, noiseShape)] : []),
  };
}
