/** What every model needs, and the members that nearly every one has. */

export { algebraicBackward, algebraicForward } from "../activations/algebraic";
export { eluBackward, eluForward } from "../activations/elu";
export { reluBackward, reluForward } from "../activations/relu";
export { sigmoidBackward, sigmoidForward } from "../activations/sigmoid";
export { softmaxBackward, softmaxForward } from "../activations/softmax";
export { tanhBackward, tanhForward } from "../activations/tanh";
export { alphaDropoutForward, dropoutForward } from "../dropout";
export { sum, sumOfMagnitudes, sumOfSquares } from "../lanes";
export { categoricalCrossentropyBackward, categoricalCrossentropyForward } from "../losses/categorical-crossentropy";
export { meanSquaredErrorBackward, meanSquaredErrorForward } from "../losses/mean-squared-error";
export { softmaxCrossentropyBackward, softmaxCrossentropyForward } from "../losses/softmax-crossentropy";
export { matmul, matmulTransposedA, matmulTransposedB } from "../matmul";
export { binaryHits, categoricalHits } from "../metrics";
export { adamUpdate } from "../optimizers/adam";
export { momentsUpdate } from "../optimizers/moments";
export { sgdMomentumUpdate, sgdUpdate } from "../optimizers/sgd";
export { randomBits, randomNormal, randomTruncatedNormal, randomUniform, shuffle } from "../random";
export { addPenaltyGradient } from "../regularizers";
export {
  blend,
  clip,
  columnSums,
  copyRows,
  countNonZeros,
  fill,
  findNonFinite,
  gatherColumns,
  gatherRows,
  isPositive,
  multiply,
  oneHotRows,
  rescale,
  rowSums,
  scaleRows,
  scatterColumns,
} from "../rows";
export { compressRows, gatherRanges, sparseMatmul, transposeRows } from "../sparse";
