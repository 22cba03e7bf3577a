/** Measuring a network: sums over batches, and what they come to. */
import type { Logs } from "./callbacks/callback.js";
import { ascending, type LabelledArrays, loadDataset } from "./dataset.js";
import type { Network } from "./network.js";
import { type BatchScore, type Objective, planScoring } from "./plans.js";
import type { StateTree } from "./state-tree.js";
import { offset } from "./wasm/kernels.js";

/** Measures loss and metrics over checked data. */
export function evaluate(network: Network, data: LabelledArrays, objective: Objective, batchSize: number): Logs {
  const start = network.arena.mark();
  try {
    return planEvaluation(network, data, objective, { batchSize }, "x")();
  } finally {
    network.release(start);
  }
}

export interface EvaluationSettings {
  readonly batchSize: number;
  /** How many batches to measure, from the first. Default: all. */
  readonly steps?: number | undefined;
}

/** Copies checked data into memory and lays out its measuring, to be done as often as wanted. */
export function planEvaluation(
  network: Network,
  data: LabelledArrays,
  objective: Objective,
  { batchSize, steps = Infinity }: EvaluationSettings,
  what: string,
): () => Logs {
  const dataset = loadDataset(network, data, objective.loss, what);
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
  #sums: number[];
  #counts: number[];

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

  /** The names of the figures. */
  get names(): readonly string[] {
    return this.#names;
  }

  state(): StateTree {
    return { sums: [...this.#sums], counts: [...this.#counts] };
  }

  restore(state: StateTree): void {
    const { sums, counts } = state as { readonly sums: readonly number[]; readonly counts: readonly number[] };
    this.#sums = [...sums];
    this.#counts = [...counts];
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
