import { earlyStopping } from "./early-stopping.js";

/** Every callback by its name. */
export const callbacks = { earlyStopping } as const;

export type { Callback, CallbackHooks, Logs, TrainingRun } from "./callback.js";
