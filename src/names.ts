/** Tells the library what every name stands for. */
import * as activations from "./activations/index.js";
import * as callbacks from "./callbacks/index.js";
import * as constraints from "./constraints/index.js";
import * as initializers from "./initializers/index.js";
import * as layers from "./layers/index.js";
import { crossentropy } from "./losses/crossentropy.js";
import * as losses from "./losses/index.js";
import { crossentropy as crossentropyMetric } from "./metrics/crossentropy.js";
import * as metrics from "./metrics/index.js";
import * as optimizers from "./optimizers/index.js";
import { register } from "./registry.js";
import * as regularizers from "./regularizers/index.js";
import * as schedules from "./schedules/index.js";

register({
  activations,
  callbacks,
  constraints,
  initializers,
  layers,
  losses: { ...losses, ce: crossentropy, crossentropy },
  metrics: { ...metrics, ce: crossentropyMetric, crossentropy: crossentropyMetric },
  optimizers,
  regularizers,
  schedules,
});
