/** Optimizers beyond the core's. */

export { adadeltaUpdate } from "../optimizers/adadelta";
export { adagradUpdate } from "../optimizers/adagrad";
export { adamaxUpdate } from "../optimizers/adamax";
export { ftrlUpdate } from "../optimizers/ftrl";
export { lionUpdate } from "../optimizers/lion";
export { rmspropUpdate } from "../optimizers/rmsprop";
