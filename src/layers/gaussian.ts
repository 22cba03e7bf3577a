import type { BatchShape } from "../activations/activation.js";
import { checkNumber } from "../checks.js";
import { type Kernels, offset, type Pointer } from "../wasm/kernels.js";
import { allocateLike, commonOptions, denseInput } from "./common.js";
import type { Layer, PlanContext, Step } from "./layer.js";
import {
  checkRate,
  type Noise,
  type NoiseOptions,
  type NoiseSource,
  noiseSource,
  noiseStep,
  optionalSeed,
} from "./noise.js";

export interface GaussianNoiseOptions extends NoiseOptions {
  /** The standard deviation of the noise, at least 0. */
  readonly stddev: number;
}

export interface GaussianDropoutOptions extends NoiseOptions {
  /** In [0, 1), as that of dropout. */
  readonly rate: number;
}

/**
 * In training, adds a normal random number of mean 0 and deviation `stddev` to each value. In prediction it does nothing.
 *
 * @throws TypeError, RangeError for a negative stddev or a seed that is none.
 */
export function gaussianNoise(options: GaussianNoiseOptions): Layer {
  const common = commonOptions(options, ["stddev", "seed"], "gaussianNoise");
  const { stddev } = options;
  checkNumber(stddev, "gaussianNoise: stddev", "a number of at least 0", (value) => value >= 0);
  const seed = optionalSeed(options.seed, "gaussianNoise");
  return {
    className: "GaussianNoise",
    ...common,
    config: { stddev, seed },
    outputShape: (inputShape) => inputShape,
    weights: () => [],
    plan: (context) => (stddev > 0 && context.training ? [addedNoiseStep(context, stddev, seed)] : []),
  };
}

/**
 * In training, multiplies each value by a normal random number of mean 1 and deviation √(rate / (1 - rate)), that of
 * dropout (Srivastava et al. 2014). In prediction it does nothing.
 *
 * @throws TypeError, RangeError for a rate outside [0, 1) or a seed that is none.
 */
export function gaussianDropout(options: GaussianDropoutOptions): Layer {
  const common = commonOptions(options, ["rate", "seed"], "gaussianDropout");
  const { rate } = options;
  checkRate(rate, "gaussianDropout");
  const seed = optionalSeed(options.seed, "gaussianDropout");
  const stddev = Math.sqrt(rate / (1 - rate));
  return {
    className: "GaussianDropout",
    ...common,
    config: { rate, seed },
    outputShape: (inputShape) => inputShape,
    weights: () => [],
    plan: (context) => (rate > 0 && context.training ? [noiseStep(context, multipliedNoise(stddev), seed, null)] : []),
  };
}

function multipliedNoise(stddev: number): Noise {
  return (kernels, y, mask, x, batch, source) => {
    normalRows(kernels, mask, 1, stddev, batch, source);
    kernels.multiply(y, x, mask, batch.rows * batch.stride);
  };
}

function addedNoiseStep(context: PlanContext, stddev: number, seed: number | null): Step {
  const { kernels } = context.arena;
  const input = denseInput(context);
  const { width, stride } = input;
  const output = allocateLike(context, input);
  const sourceOf = noiseSource(seed, context.index);
  return {
    output,
    learns: false,
    forward({ rows, training }) {
      if (!training) return;
      normalRows(kernels, output.pointer, 0, stddev, { rows, width, stride }, sourceOf(training));
      kernels.blend(output.pointer, input.pointer, 1, 1, rows * stride);
    },
    backward({ rows }, dOutput, dInput) {
      if (dInput !== undefined) kernels.copyRows(dInput, stride, dOutput, stride, rows, stride);
    },
  };
}

/** Rows of normal random numbers, each from its row of the stream. */
function normalRows(
  kernels: Kernels,
  out: Pointer,
  mean: number,
  stddev: number,
  { rows, width, stride }: BatchShape,
  { seedLow, seedHigh, stream, step }: NoiseSource,
): void {
  for (let row = 0; row < rows; row++) {
    kernels.randomNormal(offset(out, row * stride), mean, stddev, seedLow, seedHigh, stream, step, row, width);
  }
}
