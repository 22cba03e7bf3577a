/** `trainOnBatch`: one step of the optimizer. It is loaded when it is first asked for. */
import type { ArrayInput } from "../arrays.js";
import type { Logs } from "../callbacks/callback.js";
import { checkOptions } from "../checks.js";
import { type Network, toSeed } from "../network/network.js";
import { planTraining } from "../network/plans.js";
import type { Scored } from "./batches.js";
import { ascending, type LabelledArrays, loadDataset } from "./dataset.js";
import { checkLabelled, toLabelled } from "./labelled.js";
import { RunningFigures } from "./measuring.js";
import { type ClassWeights, checkClassWeights, type WeightingOptions, withClassWeights } from "./sample-weights.js";
import { finish } from "./steps.js";
import type { Trainee } from "./trainee.js";
import { diverged } from "./training.js";

export interface TrainOnBatchOptions extends WeightingOptions {
  /** What the samples of each class count in the loss, times their own weights. Default: 1 each. */
  readonly classWeight?: ClassWeights | undefined;
}

/** @throws See Sequential.trainOnBatch. */
export function trainOnBatch(trainee: Trainee, x: ArrayInput, y: ArrayInput, options: TrainOnBatchOptions): Logs {
  const { scored, seed = 0 } = trainee;
  checkTrainOnBatchOptions(options);
  const data = toLabelled(x, y, options, "trainOnBatch");
  const objective = checkLabelled(data, trainee.shapesFor(data.x), scored.objective, "x", "y");
  const network = trainee.networkToTrain(data.x);
  const weighted = { ...data, weights: withClassWeights(data, options.classWeight) };
  const figures = trainBatch(network, { ...scored, objective }, weighted, seed);
  trainee.keepTrained(network);
  return figures;
}

/** @throws TypeError, RangeError for options that are unknown or out of range. */
function checkTrainOnBatchOptions(options: TrainOnBatchOptions): void {
  checkOptions(options, ["sampleWeight", "classWeight"], "trainOnBatch");
  const { classWeight } = options;
  if (classWeight !== undefined) checkClassWeights(classWeight, "trainOnBatch: classWeight");
}

/** One step on one batch of checked data. @throws LanewiseError, with nothing changed, when the loss is not finite. */
function trainBatch(network: Network, { optimizer, objective }: Scored, data: LabelledArrays, seed: number): Logs {
  const start = network.arena.mark();
  try {
    const dataset = finish(loadDataset(network, data, objective.loss, "x"));
    const { rows } = dataset;
    const format = dataset.format(rows, optimizer);
    const plan = planTraining(network, rows, format, objective, optimizer, toSeed(seed));
    const before = network.snapshot();
    before.save();
    dataset.gather(plan, ascending(network, rows), rows);
    const score = plan.train(rows);
    if (!Number.isFinite(score.loss)) throw diverged(`the loss of the batch is ${score.loss}`, 0, optimizer);
    if (!network.weightsAreFinite()) {
      before.restore();
      throw diverged("a weight became infinite or NaN", 0, optimizer);
    }
    const totals = new RunningFigures(objective);
    totals.add(score, rows);
    return totals.logs();
  } finally {
    network.release(start);
  }
}
