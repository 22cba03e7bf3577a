/** lanewise: train and run small neural networks anywhere JavaScript runs. */
export { type Activation, type ActivationFunction, activations, type CallableActivation } from "./activations/index.js";
export { type ArrayInput, type DType, type NDArray, type NestedNumbers, ndarray, type TypedArray } from "./arrays.js";
export {
  type Callback,
  type CallbackHooks,
  callbacks,
  type Logs,
  type StateTree,
  type TrainingRun,
} from "./callbacks/index.js";
export { type Constraint, constraints } from "./constraints/index.js";
export { FormatError, LanewiseError, ShapeError, StateError } from "./errors.js";
export {
  type ClassificationReport,
  type ClassificationReportOptions,
  classificationReport,
  confusionMatrix,
} from "./evaluation/index.js";
export type { FitDatasetOptions } from "./fit-dataset-options.js";
export type { FitOptions } from "./fit-options.js";
export { type Initializer, initializers } from "./initializers/index.js";
export { type Layer, layers } from "./layers/index.js";
export { type CustomLoss, type Loss, losses } from "./losses/index.js";
export {
  type ConfiguredMetric,
  type Metric,
  type MetricBatch,
  type MetricState,
  metrics,
  type RunningMetric,
} from "./metrics/index.js";
export { encodeNpy, type LoadNpyOptions, loadNpy, type NpySource, saveNpy } from "./npy/index.js";
export {
  type GradientAndParameter,
  type Optimizer,
  optimizers,
  type ReadyOptimizer,
  type Schedule,
  schedules,
} from "./optimizers/index.js";
export {
  flatten,
  type LabelEncoder,
  labelEncoder,
  oneHot,
  rescale,
  type Scaler,
  standardize,
} from "./preprocessing/index.js";
export { type Regularizer, regularizers } from "./regularizers/index.js";
export type { ModelArtifacts, ModelSource } from "./saving/index.js";
export {
  type BatchOptions,
  type CompileOptions,
  type EvaluateDatasetOptions,
  type EvaluateOptions,
  type SaveOptions,
  Sequential,
  type SequentialOptions,
  type TrainOnBatchOptions,
} from "./sequential.js";
export { type Fold, type Split, stratifiedKFold, stratifiedSplit, take, trainTestSplit } from "./split/index.js";
export type { Dataset, DatasetBatch } from "./streams.js";
export type { History } from "./training.js";
