/** Measuring a network: sums over batches, and what they come to. */
import type { Logs } from "./callbacks/callback.js";
import { ascending, type Dataset, type LabelledArrays, loadDataset } from "./dataset.js";
import type { Network } from "./network.js";
import { type BatchScore, type Objective, planScoring } from "./plans.js";
import { offset } from "./wasm/kernels.js";

/** Measures loss and metrics over checked data. */
export function evaluate(network: Network, data: LabelledArrays, objective: Objective, batchSize: number): Logs {
  const start = network.arena.mark();
  try {
    const dataset = loadDataset(network, data, objective.loss, "x");
    return planEvaluation(network, dataset, objective, { batchSize })();
  } finally {
    network.release(start);
  }
}

export interface EvaluationSettings {
  readonly batchSize: number;
  /** How many batches to measure, from the first. Default: all. */
  readonly steps?: number | undefined;
}

/** Lays out measuring of a data set, to be done as often as wanted. */
export function planEvaluation(
  network: Network,
  dataset: Dataset,
  objective: Objective,
  { batchSize, steps = Infinity }: EvaluationSettings,
): () => Logs {
  const capacity = Math.min(batchSize, dataset.rows);
  const rows = Math.min(dataset.rows, capacity * steps);
  const plan = planScoring(network, capacity, dataset.format(capacity), objective);
  const rowNumbers = ascending(network, rows);
  return () => {
    const totals = new RunningMeans(objective);
    for (let first = 0; first < rows; first += capacity) {
      const count = Math.min(capacity, rows - first);
      dataset.gather(plan, offset(rowNumbers, first), count);
      totals.add(plan.score(count), count);
    }
    return totals.logs();
  };
}

/** Sums over the batches seen so far. */
export class RunningMeans {
  readonly #names: readonly string[];
  readonly #sums: number[];
  readonly #counts: number[];

  constructor({ metrics }: Objective) {
    this.#names = ["loss", ...metrics.map(({ name }) => name)];
    this.#sums = this.#names.map(() => 0);
    this.#counts = this.#names.map(() => 0);
  }

  add({ loss, metrics }: BatchScore, rows: number): void {
    [{ sum: loss, count: rows }, ...metrics].forEach(({ sum, count }, index) => {
      this.#sums[index] = (this.#sums[index] ?? 0) + sum;
      this.#counts[index] = (this.#counts[index] ?? 0) + count;
    });
  }

  logs(): Logs {
    return Object.fromEntries(
      this.#names.map((name, index) => [name, (this.#sums[index] ?? 0) / (this.#counts[index] ?? 1)]),
    );
  }
}

export function prefixed(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
}
