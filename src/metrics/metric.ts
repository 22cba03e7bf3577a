/** What a metric is: for `compile`, for a call on host arrays, and for running on batch after batch. */
import type { ArrayInput, NDArray } from "../arrays.js";
import type { MetricBatch } from "./batch.js";

/** A figure; or several, where a metric has one per class or threshold. */
export type MetricResult = number | NDArray<Float64Array>;

/** What a metric knows of the batches seen so far. */
export interface MetricState<R extends MetricResult = MetricResult> {
  /** Takes in one batch. What lies in its memory is valid during the call only. */
  update(batch: MetricBatch): void;
  /** The figure over all that has been seen. */
  result(): R;
  /** All that the figure depends on; so that training that is broken off in an epoch can go on. */
  save?(): readonly number[];
  /** Puts a state that has seen nothing where the saved one was. */
  restore?(numbers: readonly number[]): void;
}

/** What `compile` takes. Each epoch and each evaluation starts a state of its own. */
export interface Metric {
  /** The name in the logs. */
  readonly name: string;
  start(): MetricState;
}

export interface WeightedOptions {
  /** What each sample counts: of shape [n], or of any shape that broadcasts to that of the values. Default 1. */
  readonly sampleWeight?: ArrayInput | number | null;
}

/** A state that is fed with host arrays, as Keras's metric objects are. */
export interface RunningMetric<R extends MetricResult = MetricResult> extends MetricState<R> {
  /** @throws ShapeError, TypeError, RangeError as the metric's own call. */
  updateState(yTrue: ArrayInput, yPred: ArrayInput, options?: WeightedOptions): void;
  /** Forgets what has been seen. */
  resetState(): void;
}

/**
 * A metric with its options. To be handed to `compile`, or called: `metric(yTrue, yPred)`; or started, to be fed with one
 * part of the data after the other. The figure never depends on where the data is cut into batches.
 */
export interface ConfiguredMetric<R extends MetricResult = MetricResult> extends Metric {
  (yTrue: ArrayInput, yPred: ArrayInput, options?: WeightedOptions): R;
  /** The name of the class in Keras. */
  readonly className: string;
  /** The options under the names they have in Keras. */
  readonly config: Readonly<Record<string, unknown>>;
  start(): RunningMetric<R>;
}

export interface NamedOptions {
  /** The name in the logs. Defaults to the metric's name in the table. */
  readonly name?: string | null;
}

/**
 * What the table of metrics holds. Given options or nothing, it returns a configured metric; given arrays, the figure.
 * Handed to `compile` as it is, it stands for its defaults.
 *
 * Arrays may have any rank, where nothing else is said; the last axis is that of rows, and a vector is one row. Where ranks
 * differ by a last axis of 1, it is taken away or added, as in Keras.
 */
export interface MetricFactory<Options extends object, R extends MetricResult = number> {
  /** @throws TypeError, RangeError for options that are unknown, out of range, or missing where there is no default. */
  (options?: Options & NamedOptions): ConfiguredMetric<R>;
  /**
   * @returns The figure; or several as float64, [figures], where a metric has one per class or threshold.
   * @throws ShapeError for shapes that do not fit together; RangeError for class numbers that are none, and options out of
   *   range; TypeError for what is no array, and options that are unknown.
   */
  (yTrue: ArrayInput, yPred: ArrayInput, options?: Options & WeightedOptions): R;
  readonly className: string;
}
