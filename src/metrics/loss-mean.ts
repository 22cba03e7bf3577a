/** Losses as metrics: the mean of the rows' losses. */
import type { Loss, LossBatch } from "../losses/loss.js";
import type { Pointer } from "../wasm/kernels.js";
import type { MetricBatch } from "./batch.js";
import { defineMetric } from "./define-metric.js";
import { stateOf, WeightedMean } from "./means.js";
import type { MetricFactory, MetricState } from "./metric.js";

/** The metric of a loss whose targets are of the predictions' shape. */
export function defineLossMean<Options extends object>(
  name: string,
  className: string,
  loss: () => Loss,
  defaults: Options,
): MetricFactory<Partial<Options>> {
  const configure = loss as (options: Options) => Loss;
  return defineMetric<Options>(name, {
    className,
    defaults,
    check: (options) => void configure(options),
    reading: (options) => ({
      targets: "alike",
      values: "rows",
      ...("axis" in options && { axis: options.axis as number }),
    }),
    start(options) {
      const configured = configure(options);
      return meanOverRows((batch, measure) => {
        const { targets, targetStride } = batch.memory;
        measure(configured, targets, targetStride);
      });
    },
  });
}

type Measure = (loss: Loss, targets: Pointer, targetStride: number) => void;

/**
 * The mean of what `measureWith` lets a loss write for each row. A row's loss has the same bits in whatever batch, and the
 * sum over rows is one in double precision: where the data is cut does not show.
 */
export function meanOverRows(
  measureWith: (batch: MetricBatch, measure: Measure) => void,
  weightOf: (batch: MetricBatch, row: number) => number = (batch, row) => batch.weightOf(row),
): MetricState<number> {
  const mean = new WeightedMean();
  return {
    update(batch) {
      measureWith(batch, (loss, targets, targetStride) => {
        const { rows, stride, values, predictions, ...rest } = batch.memory;
        batch.withRoom(loss.workspaceLength?.(rows, stride) ?? 0, (workspace, floats) => {
          const places = { losses: values, logits: predictions, predictions, targets, targetStride, workspace };
          const lossBatch: LossBatch = { ...rest, rows, stride, ...places, floats };
          loss.forward(batch.kernels, lossBatch);
        });
      });
      const { values } = batch;
      for (let row = 0; row < values.length; row++) mean.add(values[row] as number, weightOf(batch, row));
    },
    ...stateOf(mean),
  };
}
