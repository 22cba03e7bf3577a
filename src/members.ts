/** All that lanewise exports. */

export * as activations from "./activations/index.js";
export * as callbacks from "./callbacks/index.js";
export * as constraints from "./constraints/index.js";
export * from "./core.js";
export * as initializers from "./initializers/index.js";
export * as layers from "./layers/index.js";
export * as losses from "./losses/index.js";
export * as metrics from "./metrics/index.js";
export * as optimizers from "./optimizers/index.js";
export * as regularizers from "./regularizers/index.js";
export * as schedules from "./schedules/index.js";
