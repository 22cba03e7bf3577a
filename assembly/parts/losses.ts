/** Losses beyond the core's. */

export {
  categoricalFocalCrossentropyBackward,
  categoricalFocalCrossentropyForward,
} from "../losses/categorical-crossentropy";
export { categoricalHingeBackward, categoricalHingeForward } from "../losses/categorical-hinge";
export { circleBackward, circleForward } from "../losses/circle";
export { cosineSimilarityBackward, cosineSimilarityForward } from "../losses/cosine-similarity";
export {
  binaryCrossentropyBackward,
  binaryCrossentropyForward,
  elementwiseLossBackward,
  elementwiseLossForward,
} from "../losses/elementwise";
export { generalizedCrossentropyBackward, generalizedCrossentropyForward } from "../losses/generalized-crossentropy";
export { overlapLossBackward, overlapLossForward } from "../losses/overlap";
export { sigmoidCrossentropyBackward, sigmoidCrossentropyForward } from "../losses/sigmoid-crossentropy";
export { isBinary } from "../rows";
