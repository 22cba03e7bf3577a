/** Samples with their targets, as they are handed over: brought into arrays, and checked against the shapes of a model. */
import { type ArrayInput, type NDArray, sizeOf, toNDArray } from "../arrays.js";
import { ShapeError } from "../errors.js";
import type { Objective } from "../network/plans.js";
import { checkTargets, type LabelledArrays } from "./dataset.js";
import { checkInputs } from "./inputs.js";
import { toSampleWeights, type WeightingOptions } from "./sample-weights.js";

/** @param method The method, for messages. */
export function toLabelled(
  givenX: ArrayInput,
  givenY: ArrayInput,
  { sampleWeight }: WeightingOptions,
  method: string,
): LabelledArrays {
  const x = toNDArray(givenX, "x");
  const y = toNDArray(givenY, "y");
  return { x, y, weights: toSampleWeights(sampleWeight, x.shape[0] ?? 0, `${method}: sampleWeight`) };
}

/** What goes into a model, one sample, and what comes out. */
export interface ModelShapes {
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
}

/**
 * Returns the objective, its loss settled by the shapes of the data.
 *
 * @throws ShapeError, RangeError unless there are samples of the model's input shape with targets that the loss can take.
 */
export function checkLabelled(
  { x, y }: LabelledArrays,
  { inputShape, outputShape }: ModelShapes,
  objective: Objective,
  xName: string,
  yName: string,
): Objective {
  const rows = checkInputs(x, inputShape, xName);
  if (rows === 0) throw new ShapeError(`${xName}: expected at least one sample, got none`);
  if (y.shape[0] !== rows) {
    throw new ShapeError(`${yName}: expected as many targets as samples, ${rows}, got ${y.shape[0] ?? "a scalar"}`);
  }
  const loss = objective.loss.forShapes?.(y.shape, [rows, ...outputShape]) ?? objective.loss;
  checkTargets(y, rows, outputShape, loss, yName);
  return { ...objective, loss };
}

/** The same with the shapes known. */
export type CheckLabelled = (data: LabelledArrays, objective: Objective, xName: string, yName: string) => Objective;

/** For batches that are used as they are, if they fit. */
export function accept(check: CheckLabelled, objective: Objective) {
  return (batch: LabelledArrays, xName: string, yName: string): LabelledArrays => {
    check(batch, objective, xName, yName);
    return batch;
  };
}

/** Views of the rows [start, end). */
export function rowsOf({ x, y, weights }: LabelledArrays, start: number, end: number): LabelledArrays {
  const part = ({ data, shape: [, ...sample], dtype }: NDArray): NDArray => ({
    data: data.subarray(start * sizeOf(sample), end * sizeOf(sample)),
    shape: [end - start, ...sample],
    dtype,
  });
  return { x: part(x), y: part(y), weights: weights?.subarray(start, end) };
}
