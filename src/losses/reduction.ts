/** From the losses of a batch's rows to the loss of the batch, as Keras reduces them. */
import { describe } from "../arrays.js";
import { toCamelCase } from "../lookup.js";
import type { Kernels, Pointer } from "../wasm/kernels.js";
import type { Loss, LossOptions, Reduction } from "./loss.js";

/** @throws RangeError unless it is one of Keras's reductions, in its spelling or in ours. */
export function toReduction(given: LossOptions["reduction"], where: string): Reduction {
  if (given === undefined || given === "mean") return "sumOverBatchSize";
  if (given === null) return "none";
  const name = typeof given === "string" ? toCamelCase(given) : given;
  const known = ["sumOverBatchSize", "meanWithSampleWeight", "sum", "none"] as const;
  const found = known.find((one) => one === name);
  if (found) return found;
  throw new RangeError(
    `${where}: reduction: expected ${known.map((one) => `'${one}'`).join(", ")} or 'mean', got ${describe(given)}`,
  );
}

/** The losses of a batch's rows. */
export interface RowLosses {
  readonly rows: number;
  /** f32[rows]. Will be weighted. */
  readonly losses: Pointer;
  /** f32[rows]: what each row counts, if not 1. */
  readonly sampleWeights?: Pointer | undefined;
  /** f32[rows]: 1 for each row that counts, 0 for each other, if not all do. Will be weighted. */
  readonly counts?: Pointer | undefined;
}

/** What they come to. */
export interface Reduced {
  /** The batch's loss times its rows, so that such sums over batches give the mean of their losses. */
  readonly total: number;
  /** The share of each row in the batch's loss, to be multiplied with its coefficient, if it has one. */
  readonly scale: number;
  /** f32[rows]: sample weights, 0 for rows that do not count. */
  readonly coefficients: Pointer | undefined;
}

/** Weighs the losses in place and adds them up. */
export function reduceLosses(
  kernels: Kernels,
  { reduction, couplesRows }: Pick<Loss, "reduction" | "couplesRows">,
  { rows, losses, sampleWeights, counts }: RowLosses,
): Reduced {
  const counted = counts ? kernels.sum(counts, rows) : rows;
  if (counts && sampleWeights) kernels.multiply(counts, counts, sampleWeights, rows);
  const coefficients = counts ?? sampleWeights;
  if (coefficients) kernels.multiply(losses, losses, coefficients, rows);
  // One loss for all rows, of which each has a copy
  if (couplesRows === "asOne" && !coefficients) {
    return { total: kernels.sum(losses, Math.min(rows, 1)) * rows, scale: 1 / rows, coefficients };
  }
  const sum = kernels.sum(losses, rows);
  const divisor = (): number => {
    if (reduction === "sumOverBatchSize") return counted;
    if (reduction === "meanWithSampleWeight") return coefficients ? kernels.sum(coefficients, rows) : rows;
    return 1;
  };
  const by = divisor();
  // Keras's divide_no_nan
  if (by === 0) return { total: 0, scale: 0, coefficients };
  return { total: by === rows ? sum : (sum / by) * rows, scale: 1 / by, coefficients };
}
