import { backupAndRestore } from "./backup-and-restore.js";
import { csvLogger } from "./csv-logger.js";
import { earlyStopping } from "./early-stopping.js";
import { history } from "./history.js";
import { lambda } from "./lambda.js";
import { learningRateScheduler } from "./learning-rate-scheduler.js";
import { modelCheckpoint } from "./model-checkpoint.js";
import { progressBar } from "./progress-bar.js";
import { reduceLROnPlateau } from "./reduce-lr-on-plateau.js";
import { swapEMAWeights } from "./swap-ema-weights.js";
import { terminateOnNaN } from "./terminate-on-nan.js";

/** Every callback by its name. */
export const callbacks = {
  backupAndRestore,
  csvLogger,
  earlyStopping,
  history,
  lambda,
  learningRateScheduler,
  modelCheckpoint,
  progressBar,
  reduceLROnPlateau,
  swapEMAWeights,
  terminateOnNaN,
} as const;

export type { StateTree } from "../state-tree.js";
export type { Callback, CallbackHooks, Logs, TrainingRun } from "./callback.js";
