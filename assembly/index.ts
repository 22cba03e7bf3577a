/** Every kernel of the core. Names and arguments stand again in src/wasm/kernels.ts. */

export { algebraicBackward, algebraicForward } from "./activations/algebraic";
export { eluBackward, eluForward } from "./activations/elu";
export { logSoftmaxBackward, logSoftmaxForward } from "./activations/log-softmax";
export { preluBackward, preluForward } from "./activations/prelu";
export { reluBackward, reluForward } from "./activations/relu";
export { sigmoidBackward, sigmoidForward } from "./activations/sigmoid";
export { softmaxBackward, softmaxForward } from "./activations/softmax";
export { sparsemaxBackward, sparsemaxForward } from "./activations/sparsemax";
export { tanhBackward, tanhForward } from "./activations/tanh";
export { transcendentalBackward, transcendentalForward } from "./activations/transcendental";
export { rotationMatrices, shearMatrices, translationMatrices, zoomMatrices } from "./augmentation/affine";
export { adjustBrightness } from "./augmentation/brightness";
export { adjustContrast } from "./augmentation/contrast";
export { elasticTransform } from "./augmentation/elastic";
export { eraseRectangles } from "./augmentation/erasing";
export { resampleAffine } from "./augmentation/resample";
export { alphaDropoutForward, dropoutForward } from "./dropout";
export { sum, sumOfMagnitudes, sumOfSquares } from "./lanes";
export {
  categoricalCrossentropyBackward,
  categoricalCrossentropyForward,
  categoricalFocalCrossentropyBackward,
  categoricalFocalCrossentropyForward,
} from "./losses/categorical-crossentropy";
export { categoricalHingeBackward, categoricalHingeForward } from "./losses/categorical-hinge";
export { circleBackward, circleForward } from "./losses/circle";
export { cosineSimilarityBackward, cosineSimilarityForward } from "./losses/cosine-similarity";
export {
  binaryCrossentropyBackward,
  binaryCrossentropyForward,
  elementwiseLossBackward,
  elementwiseLossForward,
} from "./losses/elementwise";
export { generalizedCrossentropyBackward, generalizedCrossentropyForward } from "./losses/generalized-crossentropy";
export { meanSquaredErrorBackward, meanSquaredErrorForward } from "./losses/mean-squared-error";
export { overlapLossBackward, overlapLossForward } from "./losses/overlap";
export { sigmoidCrossentropyBackward, sigmoidCrossentropyForward } from "./losses/sigmoid-crossentropy";
export { softmaxCrossentropyBackward, softmaxCrossentropyForward } from "./losses/softmax-crossentropy";
export { matmul, matmulTransposedA, matmulTransposedB } from "./matmul";
export { binaryHits, categoricalHits } from "./metrics";
export {
  affineColumns,
  columnMoments,
  columnNormalizationBackward,
  inverseDeviations,
  rowNormalizationBackward,
  rowNormalizationForward,
} from "./normalization";
export { adadeltaUpdate } from "./optimizers/adadelta";
export { adagradUpdate } from "./optimizers/adagrad";
export { adamUpdate } from "./optimizers/adam";
export { adamaxUpdate } from "./optimizers/adamax";
export { ftrlUpdate } from "./optimizers/ftrl";
export { lionUpdate } from "./optimizers/lion";
export { momentsUpdate } from "./optimizers/moments";
export { rmspropUpdate } from "./optimizers/rmsprop";
export { sgdMomentumUpdate, sgdUpdate } from "./optimizers/sgd";
export { randomBits, randomNormal, randomTruncatedNormal, randomUniform, randomUniformRows, shuffle } from "./random";
export { addPenaltyGradient } from "./regularizers";
export {
  blend,
  clip,
  columnSums,
  copyRows,
  countNonZeros,
  encodeCategories,
  fill,
  findNonFinite,
  gatherColumns,
  gatherRows,
  isBinary,
  isPositive,
  multiply,
  oneHotRows,
  rescale,
  rowSums,
  scaleRows,
  scatterColumns,
} from "./rows";
export { compressRows, gatherRanges, sparseMatmul, transposeRows } from "./sparse";
