/** Activations beyond the core's. */

export { logSoftmaxBackward, logSoftmaxForward } from "../activations/log-softmax";
export { preluBackward, preluForward } from "../activations/prelu";
export { sparsemaxBackward, sparsemaxForward } from "../activations/sparsemax";
export { transcendentalBackward, transcendentalForward } from "../activations/transcendental";
