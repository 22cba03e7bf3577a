import { earlyStopping } from "./early-stopping.js";
import { history } from "./history.js";
import { progressBar } from "./progress-bar.js";

/** Every callback by its name. */
export const callbacks = { earlyStopping, history, progressBar } as const;

export type { Callback, CallbackHooks, Logs, TrainingRun } from "./callback.js";
