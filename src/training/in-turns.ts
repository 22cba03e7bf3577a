/** `evaluate` and `predict` with hooks around their batches. No memory is held while hooks take their time. */
import { type NDArray, ndarray, sizeOf } from "../arrays.js";
import type { Logs, PredictHooks, TestHooks } from "../callbacks/callback.js";
import { forEachHook } from "../callbacks/hooks.js";
import { measuringProgress } from "../callbacks/progress-bar.js";
import type { Network } from "../network/network.js";
import type { Objective } from "../network/plans.js";
import type { LabelledArrays } from "./dataset.js";
import type { CheckedEvaluateOptions, CheckedPredictOptions } from "./evaluate-options.js";
import { rowsOf } from "./labelled.js";
import { measure, RunningFigures } from "./measuring.js";
import { predict } from "./prediction.js";
import { finish } from "./steps.js";
import { addBatch } from "./streams.js";
import type { Trainee } from "./trainee.js";
import { yieldOnBudget } from "./turns.js";

export async function evaluateInTurns(
  trainee: Pick<Trainee, "networkNow" | "inTurns">,
  data: LabelledArrays,
  objective: Objective,
  options: CheckedEvaluateOptions,
): Promise<Logs> {
  const { batchSize, steps = Infinity } = options;
  const rows = data.x.shape[0] ?? 0;
  const batches = Math.min(Math.ceil(rows / batchSize), steps);
  return evaluateWithHooks(options, batches, async (hooks) => {
    if (!hooks.some((hook) => hook.onTestBatchBegin || hook.onTestBatchEnd)) {
      const network = trainee.networkNow(data.x);
      return trainee.inTurns(network, measure(network, data, objective, options));
    }
    const pause = yieldOnBudget();
    const totals = new RunningFigures(objective);
    for (let batch = 0; batch < batches; batch++) {
      await forEachHook(hooks, (hook) => hook.onTestBatchBegin?.(batch));
      const part = rowsOf(data, batch * batchSize, Math.min((batch + 1) * batchSize, rows));
      addBatch(trainee.networkNow(data.x), part, objective, totals, `x, batch ${batch}`);
      await forEachHook(hooks, (hook) => hook.onTestBatchEnd?.(batch, totals.logs()));
      await pause();
    }
    return totals.logs();
  });
}

/** Calls the hooks around a measuring, which is to call those around its batches. */
export async function evaluateWithHooks(
  { hooks: given, verbose }: Pick<CheckedEvaluateOptions, "hooks" | "verbose">,
  batches: number | undefined,
  work: (hooks: readonly TestHooks[]) => Promise<Logs>,
): Promise<Logs> {
  const hooks: TestHooks[] = [...given, ...measuringProgress(verbose, batches)];
  await forEachHook(hooks, (hook) => hook.onTestBegin?.());
  const logs = await work(hooks);
  await forEachHook(hooks, (hook) => hook.onTestEnd?.(logs));
  return logs;
}

/**
 * The same for the first `rows` rows of checked input.
 *
 * @param networkNow Gives the network with the weights of the moment, or throws when there is none any more.
 */
export async function predictInTurns(
  networkNow: () => Network,
  input: NDArray,
  rows: number,
  { batchSize, verbose, ...options }: CheckedPredictOptions,
): Promise<NDArray<Float32Array>> {
  const hooks: PredictHooks[] = [...options.hooks, ...measuringProgress(verbose, Math.ceil(rows / batchSize))];
  await forEachHook(hooks, (hook) => hook.onPredictBegin?.());
  const { outputShape } = networkNow();
  const width = sizeOf(outputShape);
  const result = new Float32Array(rows * width);
  const pause = yieldOnBudget();
  for (let [first, batch] = [0, 0]; first < rows; first += batchSize, batch++) {
    await forEachHook(hooks, (hook) => hook.onPredictBatchBegin?.(batch));
    const outputs = finish(predict(networkNow(), input, Math.min(batchSize, rows - first), batchSize, first));
    result.set(outputs.data, first * width);
    await forEachHook(hooks, (hook) => hook.onPredictBatchEnd?.(batch, { outputs }));
    await pause();
  }
  await forEachHook(hooks, (hook) => hook.onPredictEnd?.());
  return ndarray(result, [rows, ...outputShape]);
}
