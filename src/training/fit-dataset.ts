/** `fitDataset` and `evaluateDataset`: batches that come one after the other. They are loaded when they are first asked for. */
import type { Logs } from "../callbacks/callback.js";
import { type PlanValidation, planValidation } from "./dataset-validation.js";
import { trainWith } from "./fit.js";
import {
  checkEvaluateDatasetOptions,
  checkFitDatasetOptions,
  type EvaluateDatasetOptions,
  type FitDatasetOptions,
} from "./fit-dataset-options.js";
import { evaluateWithHooks } from "./in-turns.js";
import { accept, type CheckLabelled, checkLabelled } from "./labelled.js";
import { withClassWeights } from "./sample-weights.js";
import { batchesOfDataset, type CheckBatch, type Dataset, measureDataset, readDataset } from "./streams.js";
import type { Trainee } from "./trainee.js";
import type { History } from "./training.js";
import { yieldOnBudget } from "./turns.js";

/** @throws See Sequential.fitDataset. */
export async function fitDataset(trainee: Trainee, dataset: Dataset, options: FitDatasetOptions): Promise<History> {
  const { scored } = trainee;
  const checkFor = checkingFor(trainee);
  const settings = checkFitDatasetOptions(options);
  const { batchesPerEpoch, classWeight, initialEpoch } = settings;
  let { objective } = scored;
  const check: CheckBatch = (batch, xName, yName) => {
    // What the first batch settles holds for all
    objective = checkFor(batch, objective, xName, yName);
    return { ...batch, weights: withClassWeights(batch, classWeight) };
  };
  const reader = readDataset(dataset, batchesPerEpoch, "fitDataset", check);
  const validation: PlanValidation | undefined = planValidation(settings, checkFor);
  settings.signal?.throwIfAborted();
  try {
    const { x } = await reader.peek(initialEpoch);
    return await trainWith(trainee, objective, x, settings, function* (network) {
      return {
        validate: validation && (yield* validation(network, objective)),
        source: batchesOfDataset(network, { ...scored, objective }, reader, batchesPerEpoch),
      };
    });
  } finally {
    await reader.close();
  }
}

/** @throws See Sequential.evaluateDataset. */
export async function evaluateDataset(
  trainee: Trainee,
  dataset: Dataset,
  options: EvaluateDatasetOptions,
): Promise<Logs> {
  const { objective: given } = trainee.scored;
  const check = checkingFor(trainee);
  const settings = checkEvaluateDatasetOptions(options);
  const { batches } = settings;
  const reader = readDataset(dataset, batches, "evaluateDataset", accept(check, given));
  const first = await reader.peek(0);
  const objective = check(first, given, "xs", "ys");
  const network = trainee.networkNow(first.x);
  return evaluateWithHooks(settings, batches, (hooks) =>
    measureDataset(network, reader, objective, 0, hooks, yieldOnBudget()),
  );
}

function checkingFor(trainee: Trainee): CheckLabelled {
  return (data, objective, xName, yName) => checkLabelled(data, trainee.shapesFor(data.x), objective, xName, yName);
}
