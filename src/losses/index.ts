/** Losses: every member by its name. */
export { binaryCrossentropy, binaryCrossentropy as bce } from "./binary-crossentropy.js";
export { binaryFocalCrossentropy } from "./binary-focal-crossentropy.js";
export { categoricalCrossentropy, sparseCategoricalCrossentropy } from "./categorical-crossentropy.js";
export { categoricalFocalCrossentropy } from "./categorical-focal-crossentropy.js";
export { categoricalGeneralizedCrossEntropy } from "./categorical-generalized-cross-entropy.js";
export { categoricalHinge } from "./categorical-hinge.js";
export { circle } from "./circle.js";
export { cosineSimilarity, cosineSimilarity as cosineProximity } from "./cosine-similarity.js";
export type { CustomLoss } from "./custom.js";
export { hinge, squaredHinge } from "./hinge.js";
export { huber } from "./huber.js";
export {
  kullbackLeiblerDivergence,
  kullbackLeiblerDivergence as klDivergence,
  kullbackLeiblerDivergence as kld,
} from "./kullback-leibler-divergence.js";
export { logCosh, logCosh as logcosh } from "./log-cosh.js";
export type { Loss, LossFunction, LossOptions } from "./loss.js";
export { meanAbsoluteError, meanAbsoluteError as mae } from "./mean-absolute-error.js";
export { meanAbsolutePercentageError, meanAbsolutePercentageError as mape } from "./mean-absolute-percentage-error.js";
export { meanSquaredError, meanSquaredError as mse } from "./mean-squared-error.js";
export { meanSquaredLogarithmicError, meanSquaredLogarithmicError as msle } from "./mean-squared-logarithmic-error.js";
export { dice, tversky } from "./overlap.js";
export { poisson } from "./poisson.js";
