/** Measuring a network: sums over batches, and what they come to. */
import { sizeOf } from "../arrays.js";
import type { CallbackHooks, Logs, TestHooks } from "../callbacks/callback.js";
import { forEachHook } from "../callbacks/hooks.js";
import { MetricBatch } from "../metrics/batch.js";
import type { Metric, MetricState } from "../metrics/metric.js";
import type { Network } from "../network/network.js";
import { type BatchScore, type Objective, planScoring } from "../network/plans.js";
import type { StateTree } from "../state-tree.js";
import { offset, type Pointer } from "../wasm/kernels.js";
import { ascending, type LabelledArrays, loadDataset } from "./dataset.js";
import type { Steps } from "./steps.js";
import type { Pauses } from "./yielding.js";

/** Measures loss and metrics over checked data. */
export function* measure(
  network: Network,
  data: LabelledArrays,
  objective: Objective,
  settings: EvaluationSettings,
): Steps<Logs> {
  const start = network.arena.mark();
  try {
    const measuring = yield* planMeasuring(network, data, objective, settings, "x");
    return yield* measuring();
  } finally {
    network.release(start);
  }
}

export interface EvaluationSettings {
  readonly batchSize: number;
  /** How many batches to measure, from the first. Default: all. */
  readonly steps?: number | undefined;
}

/** What goes batch by batch, with a hook to be called before and behind each, and comes to figures. */
type Measuring = Generator<(hooks: TestHooks) => unknown, Logs>;

/** Measures validation data behind an epoch. */
export type Validate = (epoch: number, pause: Pauses["afterBatch"], hooks: readonly CallbackHooks[]) => Promise<Logs>;

/** The same for validation data, after an epoch: others have their turn between batches where `pause` says so. */
export function* planInTurns(
  network: Network,
  data: LabelledArrays,
  objective: Objective,
  settings: EvaluationSettings,
): Steps<Validate> {
  const measure = yield* planMeasuring(network, data, objective, settings, "validationData[0]");
  return async (_, pause, hooks) => {
    const measuring = measure();
    let step = measuring.next();
    while (!step.done) {
      await forEachHook(hooks, step.value);
      await pause();
      step = measuring.next();
    }
    return step.value;
  };
}

/** Copies checked data into memory and lays out its measuring, to be done as often as wanted. */
function* planMeasuring(
  network: Network,
  data: LabelledArrays,
  objective: Objective,
  { batchSize, steps = Infinity }: EvaluationSettings,
  what: string,
): Steps<() => Measuring> {
  const dataset = yield* loadDataset(network, data, objective.loss, what);
  const capacity = Math.min(batchSize, dataset.rows);
  const rows = Math.min(dataset.rows, capacity * steps);
  const plan = planScoring(network, capacity, dataset.format(capacity), objective);
  const rowNumbers = ascending(network, rows);
  return function* () {
    const totals = new RunningFigures(objective);
    for (let [first, batch] = [0, 0]; first < rows; first += capacity, batch++) {
      const count = Math.min(capacity, rows - first);
      yield (hooks) => hooks.onTestBatchBegin?.(batch);
      dataset.gather(plan, offset(rowNumbers, first), count);
      totals.add(plan.score(count), count);
      yield (hooks) => hooks.onTestBatchEnd?.(batch, totals.logs());
    }
    return totals.logs();
  };
}

/** What is known of the batches seen so far. */
export class RunningFigures {
  readonly #metrics: readonly NamedState[];
  #loss = 0;
  #rows = 0;

  constructor({ metrics, weightedMetrics }: Objective) {
    const names: string[] = [];
    const begin = (metric: Metric, weighted: boolean): NamedState => {
      const name = freeName(metric.name, weighted, names);
      names.push(name);
      return { name, weighted, state: metric.start() };
    };
    this.#metrics = [
      ...metrics.map((metric) => begin(metric, false)),
      ...weightedMetrics.map((metric) => begin(metric, true)),
    ];
  }

  add({ loss, batch, weightedBatch }: BatchScore, rows: number): void {
    this.#loss += loss;
    this.#rows += rows;
    for (const { state, weighted } of this.#metrics) state.update(weighted ? weightedBatch : batch);
  }

  /** All that the figures depend on. */
  state(): StateTree {
    return { loss: this.#loss, rows: this.#rows, metrics: this.#metrics.map(({ state }) => state.save?.() ?? null) };
  }

  restore(tree: StateTree): void {
    const { loss, rows, metrics } = tree as unknown as SavedFigures;
    [this.#loss, this.#rows] = [loss, rows];
    for (const [index, { state }] of this.#metrics.entries()) {
      const numbers = metrics[index];
      if (numbers) state.restore?.(numbers);
    }
  }

  /** `loss` and each metric. One that has several figures gives `name_0`, `name_1`, … */
  logs(): Logs {
    const logs: Record<string, number> = { loss: this.#loss / (this.#rows || 1) };
    for (const { name, state } of this.#metrics) {
      const result = state.result();
      if (typeof result === "number") logs[name] = result;
      else for (const [index, figure] of result.data.entries()) logs[`${name}_${index}`] = figure;
    }
    return logs;
  }
}

interface SavedFigures {
  readonly loss: number;
  readonly rows: number;
  readonly metrics: readonly (readonly number[] | null)[];
}

/** The names of the figures of a network's batches. */
export function figureNames({ arena, outputShape }: Network, objective: Objective): string[] {
  const figures = new RunningFigures(objective);
  const width = sizeOf(outputShape);
  const none = arena.mark() as Pointer;
  const memory = { rows: 0, predictions: none, targets: none, values: none, scratch: none };
  // How many figures a metric has may depend on the output's width, which it sees in any batch
  const batch = new MetricBatch(arena, { ...memory, width, stride: width, targetWidth: width, targetStride: width });
  figures.add({ loss: 0, batch, weightedBatch: batch }, 0);
  return Object.keys(figures.logs());
}

interface NamedState {
  readonly name: string;
  readonly weighted: boolean;
  readonly state: MetricState;
}

/** As in Keras: the second `auc` is `auc_1`, but `weighted_auc` where the first has no weights. */
function freeName(name: string, weighted: boolean, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  const base = weighted ? `weighted_${name}` : name;
  let free = weighted ? base : `${base}_1`;
  for (let number = weighted ? 1 : 2; taken.includes(free); number++) free = `${base}_${number}`;
  return free;
}

export function prefixed(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
}
