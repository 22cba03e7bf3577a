import { sizeOf } from "../arrays.js";
import { checkNumber, checkOptions } from "../checks.js";
import { type Initializer, type SeedOptions, seeded } from "./initializer.js";

export interface RandomNormalOptions extends SeedOptions {
  /** Default 0. */
  readonly mean?: number;
  /** The standard deviation, at least 0. Default 0.05. */
  readonly stddev?: number;
}

export interface RandomUniformOptions extends SeedOptions {
  /** Default -0.05. */
  readonly minval?: number;
  /** At least `minval`, and itself drawn only by rounding. Default 0.05. */
  readonly maxval?: number;
}

/** Normal numbers (Keras: RandomNormal). @throws TypeError, RangeError for options out of range. */
export function randomNormal(options: RandomNormalOptions = {}): Initializer {
  const { mean, stddev, config, streamOf } = normal(options, "randomNormal");
  return {
    className: "RandomNormal",
    config,
    fill({ kernels }, out, shape, random) {
      const { seedLow, seedHigh, stream } = streamOf(random);
      kernels.randomNormal(out, mean, stddev, seedLow, seedHigh, stream, 0, 0, sizeOf(shape));
    },
  };
}

/**
 * Normal numbers without those more than two deviations from the mean (Keras: TruncatedNormal). `stddev` is that before
 * the cut: what is left has 0.88 of it.
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function truncatedNormal(options: RandomNormalOptions = {}): Initializer {
  const { mean, stddev, config, streamOf } = normal(options, "truncatedNormal");
  return {
    className: "TruncatedNormal",
    config,
    fill({ kernels }, out, shape, random) {
      const { seedLow, seedHigh, stream } = streamOf(random);
      kernels.randomTruncatedNormal(out, mean, stddev, seedLow, seedHigh, stream, 0, sizeOf(shape));
    },
  };
}

/** Numbers uniform in [minval, maxval) (Keras: RandomUniform). @throws TypeError, RangeError for options out of range. */
export function randomUniform(options: RandomUniformOptions = {}): Initializer {
  const where = "randomUniform";
  checkOptions(options, ["minval", "maxval", "seed"], where);
  const { minval = -0.05, maxval = 0.05, seed } = options;
  checkNumber(minval, `${where}: minval`);
  checkNumber(maxval, `${where}: maxval`, `a number of at least minval, ${minval}`, (value) => value >= minval);
  const streamOf = seeded(seed, where);
  return {
    className: "RandomUniform",
    config: { minval, maxval, seed: seed ?? null },
    fill({ kernels }, out, shape, random) {
      const { seedLow, seedHigh, stream } = streamOf(random);
      kernels.randomUniform(out, minval, maxval, seedLow, seedHigh, stream, 0, sizeOf(shape));
    },
  };
}

/** The options of a normal distribution, checked. */
function normal(options: RandomNormalOptions, where: string) {
  checkOptions(options, ["mean", "stddev", "seed"], where);
  const { mean = 0, stddev = 0.05, seed } = options;
  checkNumber(mean, `${where}: mean`);
  checkNumber(stddev, `${where}: stddev`, "a number of at least 0", (value) => value >= 0);
  return { mean, stddev, config: { mean, stddev, seed: seed ?? null }, streamOf: seeded(seed, where) };
}
