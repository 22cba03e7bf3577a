/** What each sample counts in a loss: weights of samples, times those of their classes. */
import { type ArrayInput, describe, describeShape, type NDArray, toNDArray } from "../arrays.js";
import { checkNumber } from "../checks.js";
import { ShapeError } from "../errors.js";
import type { LabelledArrays } from "./dataset.js";

export interface WeightingOptions {
  /** What each sample counts in the loss, [n] or [n, 1]. Default: 1 each. */
  readonly sampleWeight?: ArrayInput | undefined;
}

/** From class numbers to what each sample of the class counts in the loss. A class that is missing counts 1. */
export type ClassWeights = Readonly<Record<number, number>>;

/** @throws ShapeError, RangeError, TypeError unless there is a finite weight for each row. */
export function toSampleWeights(given: ArrayInput | undefined, rows: number, where: string): Float32Array | undefined {
  if (given == null) return undefined;
  const { data, shape } = toNDArray(given, where);
  if (data.length !== rows || shape[0] !== rows || shape.length > 2) {
    throw new ShapeError(`${where}: expected shape [${rows}] or [${rows}, 1], got ${describeShape(shape)}`);
  }
  for (const weight of data) checkNumber(weight, where);
  return Float32Array.from(data);
}

/** @throws TypeError, RangeError unless it is an object from class numbers to finite numbers. */
export function checkClassWeights(given: unknown, where: string): asserts given is ClassWeights {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new TypeError(`${where}: expected an object from class numbers to weights, got ${describe(given)}`);
  }
  for (const [label, weight] of Object.entries(given)) {
    if (!/^-?\d+$/.test(label)) throw new RangeError(`${where}: expected class numbers, got '${label}'`);
    checkNumber(weight, `${where}: ${label}`);
  }
}

/** The weights of the samples, each times the weight of its class: of the target's largest value, or of its number. */
export function withClassWeights({ y, weights }: LabelledArrays, classWeights: ClassWeights | undefined) {
  if (!classWeights) return weights;
  return Float32Array.from(classesOf(y), (label, row) => (classWeights[label] ?? 1) * (weights?.[row] ?? 1));
}

function classesOf({ data, shape: [rows = 0] }: NDArray): number[] {
  const width = data.length / rows;
  if (width === 1) return Array.from(data, Math.round);
  return Array.from({ length: rows }, (_, row) => {
    const target = data.subarray(row * width, (row + 1) * width);
    return target.indexOf(Math.max(...target));
  });
}
