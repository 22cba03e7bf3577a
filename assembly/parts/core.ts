/** What every model needs, and the members that nearly every one has. */

export { algebraicBackward } from "../activations/algebraic";
export { eluBackward } from "../activations/elu";
export { reluBackward } from "../activations/relu";
export { sigmoidBackward } from "../activations/sigmoid";
export { softmaxBackward } from "../activations/softmax";
export { tanhBackward } from "../activations/tanh";
export { alphaDropoutForward, dropoutForward } from "../dropout";
export { sum, sumOfMagnitudes, sumOfSquares } from "../lanes";
export { categoricalCrossentropyBackward, categoricalCrossentropyForward } from "../losses/categorical-crossentropy";
export { meanSquaredErrorBackward, meanSquaredErrorForward } from "../losses/mean-squared-error";
export { softmaxCrossentropyBackward, softmaxCrossentropyForward } from "../losses/softmax-crossentropy";
export { matmulTransposedA, matmulTransposedB } from "../matmul";
export { binaryHits, categoricalHits } from "../metrics";
export { adamUpdate } from "../optimizers/adam";
export { momentsUpdate } from "../optimizers/moments";
export { sgdMomentumUpdate, sgdUpdate } from "../optimizers/sgd";
export { randomBits, randomNormal, randomTruncatedNormal, randomUniform, shuffle } from "../random";
export { addPenaltyGradient } from "../regularizers";
export { blend, clip, columnSums, isPositive, multiply, oneHotRows, rowSums, scaleRows } from "../rows";
export { gatherRanges, transposeRows } from "../sparse";
export * from "./prediction";
