/** Laying out a network's layers for batches, one behind the other, and prediction with them. */
import { sizeOf } from "../arrays.js";
import { LanewiseError, ShapeError } from "../errors.js";
import { activityStep } from "../layers/activity-step.js";
import { isSparse, type SparseValues, type Step, type Values } from "../layers/layer.js";
import { SCRATCH_LENGTH, toStride } from "../wasm/kernels.js";
import type { Network, PredictionPlan } from "./network.js";

/** Prediction for batches of up to `capacity` rows, laid out at the first call. */
export function planPrediction(network: Network, capacity: number): PredictionPlan {
  network.prediction ??= { start: network.arena.mark(), plan: layOutPrediction(network, capacity) };
  return network.prediction.plan;
}

function layOutPrediction(network: Network, capacity: number): PredictionPlan {
  const input = allocateInput(network, capacity);
  const { steps, output } = planSteps(network, capacity, input, false);
  return {
    capacity,
    input,
    output,
    forward: (rows) => {
      for (const step of steps) step.forward({ rows });
    },
  };
}

export function allocateInput({ arena, inputShape }: Network, capacity: number): Values {
  const width = sizeOf(inputShape);
  const stride = toStride(width);
  return { pointer: arena.allocate(capacity * stride), width, stride };
}

export function planSteps(
  network: Network,
  capacity: number,
  input: Values | SparseValues,
  training: boolean,
): { steps: Step[]; output: Values } {
  const { arena, plannedLayers } = network;
  const widest = Math.max(toStride(input.width), ...plannedLayers.map((layer) => toStride(sizeOf(layer.outputShape))));
  const workspace = { scratch: arena.allocate(SCRATCH_LENGTH), zeros: arena.allocate(widest) };
  const steps: Step[] = [];
  let values = input;
  for (const { layer, name, index, inputShape } of plannedLayers) {
    if (training && layer.augments && steps.some(({ learns }) => learns)) {
      throw new LanewiseError(
        `${name}: a layer that augments images passes no gradient, so none that learns may stand before it`,
      );
    }
    const weights = network.weights.filter(({ path }) => path.startsWith(`${name}/`));
    const learns = training && layer.trainable !== false;
    const place = { weights, index, inputShape };
    steps.push(...layer.plan({ arena, capacity, input: values, workspace, training, learns, ...place }));
    values = steps.at(-1)?.output ?? values;
    if (layer.activityRegularizer && !isSparse(values)) {
      steps.push(activityStep(layer.activityRegularizer, { arena, capacity }, values));
    }
  }
  if (isSparse(values)) throw new ShapeError("a network of sparse rows needs a layer that takes them");
  return { steps, output: values };
}
