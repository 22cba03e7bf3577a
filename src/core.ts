/** What `lanewise` and `lanewise/lean` have in common: all but the families of members. */
export type { Activation, ActivationFunction, CallableActivation } from "./activations/index.js";
export { type ArrayInput, type DType, type NDArray, type NestedNumbers, ndarray, type TypedArray } from "./arrays.js";
export type {
  Callback,
  CallbackHooks,
  Logs,
  PredictHooks,
  StateTree,
  TestHooks,
  TrainingRun,
} from "./callbacks/index.js";
export type { Constraint } from "./constraints/index.js";
export { FormatError, LanewiseError, ShapeError, StateError } from "./errors.js";
export {
  type Averages,
  type ClassificationReport,
  type ClassificationReportOptions,
  type ClassScores,
  type ConfusionMatrixOptions,
  classificationReport,
  confusionMatrix,
} from "./evaluation/index.js";
export type { Initializer } from "./initializers/index.js";
export type { Layer } from "./layers/index.js";
export type { CustomLoss, Loss } from "./losses/index.js";
export type {
  ConfiguredMetric,
  Metric,
  MetricBatch,
  MetricState,
  RunningMetric,
} from "./metrics/index.js";
export type { CompileOptions } from "./model/compile-options.js";
export { type SaveOptions, Sequential } from "./model/sequential.js";
export type { SequentialOptions } from "./model/sequential-options.js";
export { encodeNpy, type LoadNpyOptions, loadNpy, type NpySource, saveNpy } from "./npy/index.js";
export type { GradientAndParameter, Optimizer, ReadyOptimizer } from "./optimizers/index.js";
export {
  flatten,
  type LabelEncoder,
  labelEncoder,
  oneHot,
  rescale,
  type Scaler,
  standardize,
} from "./preprocessing/index.js";
export { type Members, register } from "./registry.js";
export type { Regularizer } from "./regularizers/index.js";
export type {
  ForeignArtifacts,
  ModelArtifacts,
  ModelLoader,
  ModelSaver,
  ModelSource,
  ModelTarget,
} from "./saving/artifacts.js";
export type { UserDefinedMetadata } from "./saving/metadata.js";
export type { Schedule } from "./schedules/index.js";
export { type Fold, type Split, stratifiedKFold, stratifiedSplit, take, trainTestSplit } from "./split/index.js";
export type {
  EvaluateOptions,
  PredictOptions,
} from "./training/evaluate-options.js";
export type { EvaluateDatasetOptions, FitDatasetOptions } from "./training/fit-dataset-options.js";
export type { FitOptions } from "./training/fit-options.js";
export type { Dataset, DatasetBatch } from "./training/streams.js";
export type { TrainOnBatchOptions } from "./training/train-on-batch.js";
export type { History } from "./training/training.js";
