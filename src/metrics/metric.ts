import type { LossBatch } from "../losses/loss.js";
import type { Kernels } from "../wasm/kernels.js";

/** A figure that is the mean of something over all rows seen. */
export interface Metric {
  readonly name: string;
  /** What one batch adds to the sum, and how many values that sum counts. */
  measure(kernels: Kernels, batch: LossBatch): { readonly sum: number; readonly count: number };
}
