import { sizeOf } from "../arrays.js";
import { fans, type Initializer } from "./initializer.js";

/** The standard deviation that is left of a standard normal distribution cut off at ±2. */
const TRUNCATED_DEVIATION = 0.8796256610342398;

type Mode = "fanIn" | "fanAvg";
type Distribution = "normal" | "uniform";

/**
 * Glorot and Bengio 2010: variance 2 / (fanIn + fanOut). Normal means cut off at two deviations, and then widened so that
 * the variance is what it should be, as Keras does and TensorFlow.js does not.
 */
export const glorotNormal = (): Initializer => varianceScaling(1, "fanAvg", "normal");
/** Glorot and Bengio 2010: uniform in ±√(6 / (fanIn + fanOut)). */
export const glorotUniform = (): Initializer => varianceScaling(1, "fanAvg", "uniform");
/** He et al. 2015, for ReLU: variance 2 / fanIn, normal, cut off at two deviations. */
export const heNormal = (): Initializer => varianceScaling(2, "fanIn", "normal");
/** He et al. 2015, for ReLU: uniform in ±√(6 / fanIn). */
export const heUniform = (): Initializer => varianceScaling(2, "fanIn", "uniform");
/** LeCun et al. 1998, for SELU: variance 1 / fanIn, normal, cut off at two deviations. */
export const lecunNormal = (): Initializer => varianceScaling(1, "fanIn", "normal");
/** LeCun et al. 1998: uniform in ±√(3 / fanIn). */
export const lecunUniform = (): Initializer => varianceScaling(1, "fanIn", "uniform");

function varianceScaling(scale: number, mode: Mode, distribution: Distribution): Initializer {
  return {
    className: "VarianceScaling",
    config: { scale, mode: mode === "fanIn" ? "fan_in" : "fan_avg", distribution, seed: null },
    fill(kernels, out, shape, { seedLow, seedHigh, stream }) {
      const { fanIn, fanOut } = fans(shape);
      const variance = scale / Math.max(1, mode === "fanIn" ? fanIn : (fanIn + fanOut) / 2);
      if (distribution === "uniform") {
        const limit = Math.sqrt(3 * variance);
        kernels.randomUniform(out, -limit, limit, seedLow, seedHigh, stream, 0, sizeOf(shape));
      } else {
        const deviation = Math.sqrt(variance) / TRUNCATED_DEVIATION;
        kernels.randomTruncatedNormal(out, 0, deviation, seedLow, seedHigh, stream, 0, sizeOf(shape));
      }
    },
  };
}
