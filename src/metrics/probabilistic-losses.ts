/** Losses of probabilities as metrics. */
import { checkInteger } from "../checks.js";
import { binaryCrossentropy as binary } from "../losses/binary-crossentropy.js";
import { categoricalCrossentropy as categorical } from "../losses/categorical-crossentropy.js";
import { kullbackLeiblerDivergence } from "../losses/kullback-leibler-divergence.js";
import { poisson as poissonLoss } from "../losses/poisson.js";
import { defineMetric } from "./define-metric.js";
import { defineLossMean, meanOverRows } from "./loss-mean.js";
import { targetClasses } from "./rows.js";

export interface CrossentropyOptions {
  /** Whether the outputs are logits. Default false. */
  readonly fromLogits: boolean;
  /** How far targets are moved towards equal shares, in [0, 1]. Default 0. */
  readonly labelSmoothing: number;
  /** On host arrays: the axis that becomes a row. In a model it is always the last. Default -1. */
  readonly axis: number;
}

const smoothing: CrossentropyOptions = { fromLogits: false, labelSmoothing: 0, axis: -1 };

/** The mean over rows of the mean of -(y · ln p + (1 - y) · ln(1 - p)), p kept in [1e-7, 1 - 1e-7]. Targets: 0, 1 or probabilities. */
export const binaryCrossentropy = /* @__PURE__ */ defineLossMean(
  "binaryCrossentropy",
  "BinaryCrossentropy",
  binary,
  smoothing,
);

/**
 * The mean over rows of -Σ y · ln p, p = p / Σ p kept in [1e-7, 1 - 1e-7]: the log loss. Targets: one-hot rows or
 * probabilities.
 */
export const categoricalCrossentropy = /* @__PURE__ */ defineLossMean(
  "categoricalCrossentropy",
  "CategoricalCrossentropy",
  categorical,
  smoothing,
);

/** The mean over rows of Σ y · ln(y / p), both kept in [1e-7, 1]. Targets: probabilities. (Keras: KLDivergence.) */
export const klDivergence = /* @__PURE__ */ defineLossMean(
  "klDivergence",
  "KLDivergence",
  kullbackLeiblerDivergence,
  {},
);

/** The mean over rows of the mean of p - y · ln(p + 1e-7). Targets: counts. */
export const poisson = /* @__PURE__ */ defineLossMean("poisson", "Poisson", poissonLoss, {});

export interface SparseCrossentropyOptions {
  /** Whether the outputs are logits. Default false. */
  readonly fromLogits: boolean;
  /** Rows of this class cost nothing. With sample weights they do not count either (as in Keras). Default: none. */
  readonly ignoreClass: number | null;
  /** Only the last, -1. */
  readonly axis: number;
}

/**
 * `categoricalCrossentropy` of targets given as class numbers, [rows] or [rows, 1]. One-hot rows will do as well.
 *
 * @throws RangeError for a class that is no integer from 0 to classes - 1.
 */
export const sparseCategoricalCrossentropy = /* @__PURE__ */ defineMetric<SparseCrossentropyOptions>(
  "sparseCategoricalCrossentropy",
  {
    className: "SparseCategoricalCrossentropy",
    defaults: { fromLogits: false, ignoreClass: null, axis: -1 },
    check({ ignoreClass, fromLogits, axis }, where) {
      categorical({ fromLogits });
      if (ignoreClass !== null) checkInteger(ignoreClass, `${where}: ignoreClass`, Number.MIN_SAFE_INTEGER);
      if (axis !== -1) throw new RangeError(`${where}: axis: expected the last, -1, got ${axis}`);
    },
    reading: { targets: "classes", values: "rows" },
    start({ fromLogits, ignoreClass }) {
      const loss = categorical({ fromLogits });
      let isIgnored: readonly boolean[] = [];
      return meanOverRows(
        (batch, measure) => {
          const { rows, width, stride, zeroClass } = batch.memory;
          batch.withRoom(rows * stride, (room, floats) => {
            const classes = Array.from({ length: rows }, (_, row) => row).map(targetClasses(batch));
            isIgnored = classes.map((one) => one === ignoreClass);
            const oneHot = floats(room, rows * stride);
            for (const [row, one] of classes.entries()) {
              const isInRange = Number.isInteger(one) && one >= 0 && one < width;
              // What the loss ignores and this metric does not costs nothing, but counts
              if (isIgnored[row] || (!isInRange && one === zeroClass)) continue;
              if (!isInRange) {
                throw new RangeError(`yTrue: expected class numbers from 0 to ${width - 1}, got ${one}`);
              }
              oneHot[row * stride + one] = 1;
            }
            measure(loss, room, stride);
          });
        },
        (batch, row) => (batch.weights && isIgnored[row] ? 0 : batch.weightOf(row)),
      );
    },
  },
);
