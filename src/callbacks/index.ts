/** Callbacks: every member by its name. @module */

export type { StateTree } from "../state-tree.js";
export { type BackupAndRestoreOptions, backupAndRestore } from "./backup-and-restore.js";
export type { Callback, CallbackHooks, Logs, PredictHooks, TestHooks, TrainingRun } from "./callback.js";
export { type CsvLoggerOptions, csvLogger } from "./csv-logger.js";
export { type EarlyStoppingOptions, earlyStopping } from "./early-stopping.js";
export { history } from "./history.js";
export { lambda } from "./lambda.js";
export { type LearningRateSchedulerOptions, learningRateScheduler } from "./learning-rate-scheduler.js";
export { type ModelCheckpointOptions, modelCheckpoint } from "./model-checkpoint.js";
export type { MonitorOptions } from "./monitor.js";
export { type ProgressBarOptions, progressBar } from "./progress-bar.js";
export { type ReduceLROnPlateauOptions, reduceLROnPlateau } from "./reduce-lr-on-plateau.js";
export { type SwapEMAWeightsOptions, swapEMAWeights } from "./swap-ema-weights.js";
export { type TerminateOnNaNOptions, terminateOnNaN } from "./terminate-on-nan.js";
export type { VerboseOptions } from "./verbose.js";
