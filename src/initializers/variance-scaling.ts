import { sizeOf } from "../arrays.js";
import { checkNumber, checkOptions, checkText } from "../checks.js";
import { lookUp, toSnakeCase } from "../lookup.js";
import { fans, type Initializer, type SeedOptions, seeded } from "./initializer.js";

export interface VarianceScalingOptions extends SeedOptions {
  /** Positive. Default 1. */
  readonly scale?: number;
  /** What divides the variance: the number of inputs, of outputs, or their mean. Default 'fanIn'. */
  readonly mode?: "fanIn" | "fanOut" | "fanAvg" | "fan_in" | "fan_out" | "fan_avg";
  /** 'normal' is another name of 'truncatedNormal', which is the default. */
  readonly distribution?:
    | "truncatedNormal"
    | "untruncatedNormal"
    | "uniform"
    | "normal"
    | "truncated_normal"
    | "untruncated_normal";
}

/** The standard deviation that is left of a standard normal distribution cut off at ±2. */
const TRUNCATED_DEVIATION = 0.8796256610342398;

type Mode = "fanIn" | "fanOut" | "fanAvg";
type Distribution = "normal" | "untruncated_normal" | "uniform";

/** As saved models have them: TensorFlow.js says 'normal', and Keras takes that to mean the truncated one. */
const DISTRIBUTIONS: Readonly<Record<string, Distribution>> = {
  truncatedNormal: "normal",
  untruncatedNormal: "untruncated_normal",
  uniform: "uniform",
  normal: "normal",
};

/**
 * Numbers of variance scale / n around 0, n being the fan-in, the fan-out or their mean, and at least 1 (Keras:
 * VarianceScaling): normal, normal but cut off at two deviations, or uniform in ±√(3 · scale / n). What is cut off is made
 * up for, so that the variance is what it should be, as in Keras and not in TensorFlow.js.
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function varianceScaling(options: VarianceScalingOptions = {}): Initializer {
  const where = "varianceScaling";
  checkOptions(options, ["scale", "mode", "distribution", "seed"], where);
  const { scale = 1, mode = "fanIn", distribution = "truncatedNormal" } = options;
  checkNumber(scale, `${where}: scale`, "a positive number", (value) => value > 0);
  checkText(mode, `${where}: mode`);
  checkText(distribution, `${where}: distribution`);
  const modeName = lookUp<Mode>({ fanIn: "fanIn", fanOut: "fanOut", fanAvg: "fanAvg" }, mode, `mode of ${where}`);
  return scaled(options, where, scale, modeName, lookUp(DISTRIBUTIONS, distribution, `distribution of ${where}`));
}

/** Glorot and Bengio 2010: variance 2 / (fanIn + fanOut), normal, cut off at two deviations. */
export function glorotNormal(options: SeedOptions = {}): Initializer {
  return seedOnly(options, "glorotNormal", 1, "fanAvg", "normal");
}

/** Glorot and Bengio 2010: uniform in ±√(6 / (fanIn + fanOut)). */
export function glorotUniform(options: SeedOptions = {}): Initializer {
  return seedOnly(options, "glorotUniform", 1, "fanAvg", "uniform");
}

/** He et al. 2015, for ReLU: variance 2 / fanIn, normal, cut off at two deviations. */
export function heNormal(options: SeedOptions = {}): Initializer {
  return seedOnly(options, "heNormal", 2, "fanIn", "normal");
}

/** He et al. 2015, for ReLU: uniform in ±√(6 / fanIn). */
export function heUniform(options: SeedOptions = {}): Initializer {
  return seedOnly(options, "heUniform", 2, "fanIn", "uniform");
}

/** LeCun et al. 1998, for SELU: variance 1 / fanIn, normal, cut off at two deviations. */
export function lecunNormal(options: SeedOptions = {}): Initializer {
  return seedOnly(options, "lecunNormal", 1, "fanIn", "normal");
}

/** LeCun et al. 1998: uniform in ±√(3 / fanIn). */
export function lecunUniform(options: SeedOptions = {}): Initializer {
  return seedOnly(options, "lecunUniform", 1, "fanIn", "uniform");
}

/** With the seed as its only option. */
function seedOnly(options: SeedOptions, where: string, ...form: readonly [number, Mode, Distribution]): Initializer {
  checkOptions(options, ["seed"], where);
  return scaled(options, where, ...form);
}

function scaled(
  { seed }: SeedOptions,
  where: string,
  scale: number,
  mode: Mode,
  distribution: Distribution,
): Initializer {
  const streamOf = seeded(seed, where);
  return {
    className: "VarianceScaling",
    config: { scale, mode: toSnakeCase(mode), distribution, seed: seed ?? null },
    fill({ kernels }, out, shape, random) {
      const { seedLow, seedHigh, stream } = streamOf(random);
      const { fanIn, fanOut } = fans(shape);
      const divisor = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode];
      const variance = scale / Math.max(1, divisor);
      const deviation = Math.sqrt(variance);
      const size = sizeOf(shape);
      if (distribution === "uniform") {
        const limit = Math.sqrt(3 * variance);
        kernels.randomUniform(out, -limit, limit, seedLow, seedHigh, stream, 0, size);
      } else if (distribution === "normal") {
        kernels.randomTruncatedNormal(out, 0, deviation / TRUNCATED_DEVIATION, seedLow, seedHigh, stream, 0, size);
      } else {
        kernels.randomNormal(out, 0, deviation, seedLow, seedHigh, stream, 0, 0, size);
      }
    },
  };
}
