/** The model that the flags describe. */
import type { Sequential } from "../index.js";
import { createNetwork } from "../study/network.js";
import type { DataSet } from "./data.js";
import type { TrainOptions } from "./train-options.js";

export function createModel(options: TrainOptions, { summary, parts }: DataSet): Sequential {
  const { divisor, least, largest } = summary.scaling;
  const task = {
    inputShape: parts.train.x.shape.slice(1),
    classes: summary.classes,
    divisor,
    valueRange: [least / divisor, largest / divisor] as const,
  };
  const stepsPerEpoch = Math.ceil(parts.train.rows.length / options.batchSize);
  return createNetwork(options, task, options.seed, { epochs: options.epochs, stepsPerEpoch });
}
