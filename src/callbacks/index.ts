/** Callbacks: every member by its name. */

export type { StateTree } from "../state-tree.js";
export { backupAndRestore } from "./backup-and-restore.js";
export type { Callback, CallbackHooks, Logs, TestHooks, TrainingRun } from "./callback.js";
export { csvLogger } from "./csv-logger.js";
export { earlyStopping } from "./early-stopping.js";
export { history } from "./history.js";
export { lambda } from "./lambda.js";
export { learningRateScheduler } from "./learning-rate-scheduler.js";
export { modelCheckpoint } from "./model-checkpoint.js";
export { progressBar } from "./progress-bar.js";
export { reduceLROnPlateau } from "./reduce-lr-on-plateau.js";
export { swapEMAWeights } from "./swap-ema-weights.js";
export { terminateOnNaN } from "./terminate-on-nan.js";
