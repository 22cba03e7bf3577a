/** Measuring validation data after the epochs of `fitDataset`: arrays, or a data set of their own. */

import type { Network } from "../network/network.js";
import type { Objective } from "../network/plans.js";
import type { CheckedFitDatasetOptions } from "./fit-dataset-options.js";
import { accept, type CheckLabelled, toLabelled } from "./labelled.js";
import { planInTurns } from "./measuring.js";
import type { Steps } from "./steps.js";
import { isDataset, measureDataset, readDataset } from "./streams.js";
import type { TrainingData } from "./training.js";

/** Lays the measuring out in a network's memory. */
export type PlanValidation = (network: Network, objective: Objective) => Steps<TrainingData["validate"]>;

/** @throws ShapeError, RangeError, TypeError for arrays that are none. Whether they fit the model is checked when planned. */
export function planValidation(
  { validationData, validationBatchSize: batchSize, validationBatches: steps }: CheckedFitDatasetOptions,
  check: CheckLabelled,
): PlanValidation | undefined {
  if (validationData === undefined) return undefined;
  const where = "fitDataset: validationData";
  if (isDataset(validationData)) {
    return function* (network, objective) {
      return (epoch, pause, hooks) => {
        const reader = readDataset(validationData, steps, where, accept(check, objective));
        return measureDataset(network, reader, objective, epoch, hooks, pause);
      };
    };
  }
  const [x, y, sampleWeight] = validationData;
  const data = toLabelled(x, y, { sampleWeight }, where);
  return (network, objective) => {
    check(data, objective, "validationData[0]", "validationData[1]");
    return planInTurns(network, data, objective, { batchSize, steps });
  };
}
