/** The part of the core that saved models need to predict, for who does nothing else. */

export { algebraicForward } from "../activations/algebraic";
export { eluForward } from "../activations/elu";
export { reluForward } from "../activations/relu";
export { sigmoidForward } from "../activations/sigmoid";
export { softmaxForward } from "../activations/softmax";
export { tanhForward } from "../activations/tanh";
export { matmul } from "../matmul";
export {
  copyRows,
  countNonZeros,
  fill,
  findNonFinite,
  gatherColumns,
  gatherRows,
  rescale,
  scatterColumns,
} from "../rows";
export { compressRows, sparseMatmul } from "../sparse";
