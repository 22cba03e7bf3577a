/** `fit`: from what the user hands over to steps of the optimizer. */
import type { ArrayInput, NDArray } from "../arrays.js";
import type { Network } from "../network/network.js";
import type { Objective } from "../network/plans.js";
import { randomSeed } from "../random.js";
import { batchesOf } from "./batches.js";
import { checkFitOptions, type FitOptions, splitValidation } from "./fit-options.js";
import { checkLabelled, toLabelled } from "./labelled.js";
import type { CheckedLoopOptions } from "./loop-options.js";
import { planInTurns } from "./measuring.js";
import { withClassWeights } from "./sample-weights.js";
import type { Steps } from "./steps.js";
import type { Trainee } from "./trainee.js";
import { type History, type TrainingData, train } from "./training.js";

/** @throws See Sequential.fit. */
export async function fit(trainee: Trainee, x: ArrayInput, y: ArrayInput, options: FitOptions): Promise<History> {
  const { scored } = trainee;
  const settings = checkFitOptions(options);
  const all = toLabelled(x, y, options, "fit");
  const shapes = trainee.shapesFor(all.x);
  const objective = checkLabelled(all, shapes, scored.objective, "x", "y");
  const { data, validation } = splitValidation(all, settings);
  if (validation) checkLabelled(validation, shapes, objective, "validationData[0]", "validationData[1]");
  const weighted = { ...data, weights: withClassWeights(data, settings.classWeight) };
  const { validationBatchSize: batchSize, validationSteps: steps } = settings;
  settings.signal?.throwIfAborted();
  return trainWith(trainee, objective, all.x, settings, function* (network) {
    return {
      validate: validation && (yield* planInTurns(network, validation, objective, { batchSize, steps })),
      source: yield* batchesOf(network, { ...scored, objective }, weighted, settings),
    };
  });
}

/**
 * Trains on data that `open` brings into the network's memory.
 *
 * @param x Data to take the input shape from, if it is not known yet.
 */
export async function trainWith(
  trainee: Trainee,
  objective: Objective,
  x: NDArray,
  settings: CheckedLoopOptions,
  open: (network: Network) => Steps<TrainingData>,
): Promise<History> {
  const given = settings.seed ?? trainee.seed;
  const seed = given ?? randomSeed();
  const network = trainee.networkToTrain(x, trainee.seed ?? seed);
  const seeds = { seed, seedIsGiven: given !== undefined };
  const settled = { ...trainee.scored, objective };
  const keep = (seed: number): void => trainee.keepTrained(network, seed);
  return train(network, trainee.model, settled, { ...settings, ...seeds }, () => open(network), keep);
}
