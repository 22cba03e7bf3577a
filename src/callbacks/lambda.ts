import { describe } from "../arrays.js";
import { checkOptions } from "../checks.js";
import type { Callback, CallbackHooks } from "./callback.js";

const HOOKS = [
  ...["onTrainBegin", "onTrainEnd", "onEpochBegin", "onEpochEnd", "onBatchBegin", "onBatchEnd"],
  ...["onTestBegin", "onTestEnd", "onTestBatchBegin", "onTestBatchEnd", "onYield", "onDivergence"],
  ...["onPredictBegin", "onPredictEnd", "onPredictBatchBegin", "onPredictBatchEnd"],
  ...["beforeTrain", "afterBatch", "afterEpoch", "afterTrain", "state", "restore"],
] as const;

/**
 * The hooks as they are (Keras: LambdaCallback), once their names have been checked.
 *
 * @throws TypeError for a hook that there is not, or that is no function.
 */
export function lambda(hooks: Omit<CallbackHooks, "name">): Callback {
  checkOptions(hooks, HOOKS, "lambda");
  for (const [name, hook] of Object.entries(hooks)) {
    if (typeof hook !== "function") throw new TypeError(`lambda: ${name}: expected a function, got ${describe(hook)}`);
  }
  return { ...hooks };
}
