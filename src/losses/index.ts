/**
 * Losses: every member by its name, that of its class in Keras in camelCase. Each takes options and returns a loss for
 * `compile`, or takes targets and outputs, and options behind them, and measures at once: `losses.huber({ delta: 0.5 })`,
 * `losses.huber(yTrue, yPred)`.
 *
 * In the formulas y[j] are the targets of a row and p[j] its outputs; the value of a row is what they give.
 *
 * @module
 */
export { binaryCrossentropy, binaryCrossentropy as bce } from "./binary-crossentropy.js";
export { type BinaryFocalCrossentropyOptions, binaryFocalCrossentropy } from "./binary-focal-crossentropy.js";
export {
  categoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
  sparseCategoricalCrossentropy,
} from "./categorical-crossentropy.js";
export {
  type CategoricalFocalCrossentropyOptions,
  categoricalFocalCrossentropy,
} from "./categorical-focal-crossentropy.js";
export {
  categoricalGeneralizedCrossEntropy,
  type GeneralizedCrossEntropyOptions,
} from "./categorical-generalized-cross-entropy.js";
export { categoricalHinge } from "./categorical-hinge.js";
export { type CircleOptions, circle } from "./circle.js";
export { cosineSimilarity, cosineSimilarity as cosineProximity } from "./cosine-similarity.js";
export type { CustomLoss } from "./custom.js";
export { hinge, squaredHinge } from "./hinge.js";
export { type HuberOptions, huber } from "./huber.js";
export {
  kullbackLeiblerDivergence,
  kullbackLeiblerDivergence as klDivergence,
  kullbackLeiblerDivergence as kld,
} from "./kullback-leibler-divergence.js";
export { logCosh, logCosh as logcosh } from "./log-cosh.js";
export type { CallableLoss, Loss, LossFunction, LossOptions, Unreduced, WeightOptions } from "./loss.js";
export { meanAbsoluteError, meanAbsoluteError as mae } from "./mean-absolute-error.js";
export { meanAbsolutePercentageError, meanAbsolutePercentageError as mape } from "./mean-absolute-percentage-error.js";
export { meanSquaredError, meanSquaredError as mse } from "./mean-squared-error.js";
export { meanSquaredLogarithmicError, meanSquaredLogarithmicError as msle } from "./mean-squared-logarithmic-error.js";
export type { AxisOptions, LogitsOptions, SmoothingOptions } from "./options.js";
export { type DiceOptions, dice, type TverskyOptions, tversky } from "./overlap.js";
export { poisson } from "./poisson.js";
