/** Mean errors as metrics. */
import { cosineSimilarity } from "../losses/cosine-similarity.js";
import { logCosh } from "../losses/log-cosh.js";
import { meanAbsoluteError as absolute } from "../losses/mean-absolute-error.js";
import { meanAbsolutePercentageError as percentage } from "../losses/mean-absolute-percentage-error.js";
import { meanSquaredError as squared } from "../losses/mean-squared-error.js";
import { meanSquaredLogarithmicError as squaredLogarithmic } from "../losses/mean-squared-logarithmic-error.js";
import { defineLossMean } from "./loss-mean.js";

/** The mean over rows of the mean of (p - y)². */
export const meanSquaredError = /* @__PURE__ */ defineLossMean("meanSquaredError", "MeanSquaredError", squared, {});

/** The mean over rows of the mean of |p - y|. */
export const meanAbsoluteError = /* @__PURE__ */ defineLossMean("meanAbsoluteError", "MeanAbsoluteError", absolute, {});

/** 100 times the mean over rows of the mean of |p - y| / max(|y|, 1e-7). */
export const meanAbsolutePercentageError = /* @__PURE__ */ defineLossMean(
  "meanAbsolutePercentageError",
  "MeanAbsolutePercentageError",
  percentage,
  {},
);

/** The mean over rows of the mean of (ln(p + 1) - ln(y + 1))², p and y kept from going below 1e-7. */
export const meanSquaredLogarithmicError = /* @__PURE__ */ defineLossMean(
  "meanSquaredLogarithmicError",
  "MeanSquaredLogarithmicError",
  squaredLogarithmic,
  {},
);

/**
 * The mean over rows of -Σ y p / (|y| |p|): -1 for the same direction. TensorFlow.js's metric, where `cosineSimilarity`, that of
 * Keras, has the other sign.
 */
export const cosineProximity = /* @__PURE__ */ defineLossMean(
  "cosineProximity",
  "CosineProximity",
  cosineSimilarity,
  {},
);

/** The mean over rows of the mean of ln cosh(p - y). */
export const logCoshError = /* @__PURE__ */ defineLossMean("logCoshError", "LogCoshError", logCosh, {});
