import { describe } from "../arrays.js";
import { checkBoolean, checkInteger, checkNumber } from "../checks.js";
import { ShapeError } from "../errors.js";
import type { MetricBatch } from "./batch.js";
import { checkChoice } from "./choice.js";
import { defineMetric } from "./define-metric.js";
import { checkCount } from "./limits.js";
import { logarithm } from "./logarithm.js";
import { type ConfusionCounts, ThresholdCounts } from "./threshold-counts.js";
import { checkShare, divideNoNaN, plus, readElements } from "./thresholds.js";

/** Keras's backend epsilon: how far the outermost thresholds lie outside of [0, 1]. */
const EPSILON = 1e-7;
const curves = ["ROC", "PR", "PRGAIN"] as const;
const methods = ["interpolation", "minoring", "majoring"] as const;

export interface AucOptions {
  /** The curve is drawn through so many thresholds, spread evenly from 0 to 1: from 2 to 100,000. Default 200. */
  readonly numThresholds: number;
  /** 'ROC' (the default): recall over the rate of false positives; 'PR': precision over recall; 'PRGAIN': their gains. */
  readonly curve: (typeof curves)[number] | "roc" | "pr" | "prgain" | (string & {});
  /**
   * How the area between two points is summed: 'interpolation' (the default) takes the middle of both heights, and for 'PR'
   * the counts between them (Davis, Goadrich 2006); 'minoring' the lower, 'majoring' the higher.
   */
  readonly summationMethod: (typeof methods)[number] | (string & {});
  /** The thresholds between the outermost two, each in [0, 1], instead of `numThresholds`. */
  readonly thresholds: readonly number[] | null;
  /** The mean of the areas of each column, where else all elements make one curve. Default false. */
  readonly multiLabel: boolean;
  /** With `multiLabel`: the number of columns that there must be. */
  readonly numLabels: number | null;
  /** What each column counts: in the mean of areas with `multiLabel`, else as a factor of its elements' weights. */
  readonly labelWeights: readonly number[] | null;
  /** Whether the outputs are logits, of which the sigmoid is to be taken. Default false. */
  readonly fromLogits: boolean;
}

const defaults: AucOptions = {
  numThresholds: 200,
  curve: "ROC",
  summationMethod: "interpolation",
  thresholds: null,
  multiLabel: false,
  numLabels: null,
  labelWeights: null,
  fromLogits: false,
};

/**
 * The area under a curve that shows how well scores in [0, 1] tell what is true from what is not, drawn through the points at
 * some thresholds: 1 at best; for 'ROC' 0.5 as by chance, and 0 where all targets are alike. (Keras: AUC.)
 *
 * Targets: 0, or anything else for true, of the outputs' shape; with `multiLabel` [rows, labels].
 */
export const auc = /* @__PURE__ */ defineMetric<AucOptions>("auc", {
  className: "AUC",
  defaults,
  check: checkAuc,
  reading: ({ multiLabel }) => (multiLabel ? { ...readElements, rank: 2 } : readElements),
  start(options) {
    const { multiLabel, labelWeights, fromLogits } = options;
    const thresholds = thresholdsOf(options);
    /** One for each label, or one for all. */
    let counts: readonly ThresholdCounts[] | undefined;
    const add = (batch: MetricBatch, scores: Float32Array): void => {
      const { rows, width, stride, targetStride } = batch.memory;
      checkWidth(options, width);
      counts ??= Array.from({ length: multiLabel ? width : 1 }, () => new ThresholdCounts(thresholds));
      const { yTrue } = batch;
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < width; column++) {
          const weight = batch.weightOf(row, column) * (multiLabel ? 1 : (labelWeights?.[column] ?? 1));
          const isTrue = yTrue[row * targetStride + column] !== 0;
          (counts[multiLabel ? column : 0] as ThresholdCounts).add(
            isTrue,
            scores[row * stride + column] as number,
            weight,
          );
        }
      }
    };
    return {
      update(batch) {
        if (!fromLogits) return add(batch, batch.yPred);
        const { predictions, rows, stride } = batch.memory;
        batch.withRoom(rows * stride, (room, floats) => {
          batch.kernels.sigmoidForward(room, predictions, rows * stride);
          add(batch, floats(room, rows * stride));
        });
      },
      save: () => (counts ?? []).flatMap((one) => one.save()),
      restore(numbers) {
        const each = 2 * (thresholds.length + 1);
        counts = Array.from({ length: numbers.length / each }, (_, label) => {
          const one = new ThresholdCounts(thresholds);
          one.restore(numbers.slice(label * each, (label + 1) * each));
          return one;
        });
      },
      result() {
        const areas = (counts ?? []).map((one) => areaUnder(one.result(), options));
        const weights = areas.map((_, label) => (multiLabel ? (labelWeights?.[label] ?? 1) : 1));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        return total === 0 ? 0 : areas.reduce((sum, area, label) => sum + area * (weights[label] as number), 0) / total;
      },
    };
  },
});

function checkAuc(options: AucOptions, where: string): void {
  const { numThresholds, curve, summationMethod, thresholds, multiLabel, numLabels, labelWeights, fromLogits } =
    options;
  checkCount(numThresholds, `${where}: numThresholds`, 2);
  checkChoice(curve, curves, `${where}: curve`);
  checkChoice(summationMethod, methods, `${where}: summationMethod`);
  checkList(thresholds, `${where}: thresholds`);
  for (const threshold of thresholds ?? []) checkShare(threshold, `${where}: thresholds`);
  checkBoolean(multiLabel, `${where}: multiLabel`);
  checkBoolean(fromLogits, `${where}: fromLogits`);
  if (numLabels !== null) {
    checkInteger(numLabels, `${where}: numLabels`, 1);
    if (!multiLabel) throw new RangeError(`${where}: numLabels goes with multiLabel only`);
  }
  checkList(labelWeights, `${where}: labelWeights`);
  for (const weight of labelWeights ?? [])
    checkNumber(weight, `${where}: labelWeights`, "a number of at least 0", (w) => w >= 0);
}

function checkList(list: unknown, where: string): void {
  if (list !== null && !Array.isArray(list)) {
    throw new TypeError(`${where}: expected an array of numbers, got ${describe(list)}`);
  }
}

function thresholdsOf({ thresholds, numThresholds }: AucOptions): readonly number[] {
  const inner = thresholds
    ? [...thresholds].sort((a, b) => a - b)
    : Array.from({ length: numThresholds - 2 }, (_, i) => (i + 1) / (numThresholds - 1));
  return [-EPSILON, ...inner, 1 + EPSILON];
}

/** @throws ShapeError. */
function checkWidth({ multiLabel, numLabels, labelWeights }: AucOptions, width: number): void {
  const expected = (multiLabel ? numLabels : null) ?? labelWeights?.length ?? width;
  if (width !== expected) throw new ShapeError(`auc: expected ${expected} labels, got ${width}`);
}

function areaUnder(counts: ConfusionCounts, { curve, summationMethod }: AucOptions): number {
  const [kind, method] = [curve.toUpperCase(), summationMethod.toLowerCase()];
  if (kind === "PR" && method === "interpolation") return interpolatedPrecisionRecall(counts);
  const [x, y] = kind === "ROC" ? roc(counts) : kind === "PR" ? precisionRecall(counts) : gains(counts);
  let area = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [left, right] = [y[i] as number, y[i + 1] as number];
    const height =
      method === "interpolation"
        ? (left + right) / 2
        : method === "minoring"
          ? Math.min(left, right)
          : Math.max(left, right);
    area += ((x[i] as number) - (x[i + 1] as number)) * height;
  }
  return area;
}

type Curve = readonly [x: Float64Array, y: Float64Array];

function roc({ truePositives, falseNegatives, falsePositives, trueNegatives }: ConfusionCounts): Curve {
  return [
    divideNoNaN(falsePositives, plus(falsePositives, trueNegatives)),
    divideNoNaN(truePositives, plus(truePositives, falseNegatives)),
  ];
}

function precisionRecall({ truePositives, falseNegatives, falsePositives }: ConfusionCounts): Curve {
  return [
    divideNoNaN(truePositives, plus(truePositives, falseNegatives)),
    divideNoNaN(truePositives, plus(truePositives, falsePositives)),
  ];
}

/** Flach, Kull 2015: precision and recall on a harmonic scale that starts at the share of what is true. */
function gains({ truePositives, falseNegatives, falsePositives, trueNegatives }: ConfusionCounts): Curve {
  const odds = divideNoNaN(plus(truePositives, falseNegatives), plus(trueNegatives, falsePositives));
  const gain = (wrong: Float64Array, empty: number): Float64Array =>
    truePositives.map((hits, i) => (hits === 0 ? empty : 1 - (odds[i] as number) * ((wrong[i] as number) / hits)));
  return [gain(falseNegatives, 0).map((value) => Math.max(value, 0)), gain(falsePositives, 1)];
}

/** Between two thresholds, true positives grow with all positives along a straight line; precision does not. */
function interpolatedPrecisionRecall({ truePositives, falsePositives, falseNegatives }: ConfusionCounts): number {
  const positives = plus(truePositives, falsePositives);
  let area = 0;
  for (let i = 0; i + 1 < positives.length; i++) {
    const [upper, lower] = [positives[i] as number, positives[i + 1] as number];
    const [upperTrue, lowerTrue] = [truePositives[i] as number, truePositives[i + 1] as number];
    const slope = upper > lower ? (upperTrue - lowerTrue) / (upper - lower) : 0;
    const intercept = lowerTrue - slope * lower;
    const ratio = upper > 0 && lower > 0 ? upper / lower : 1;
    const all = lowerTrue + (falseNegatives[i + 1] as number);
    if (all > 0) area += (slope * (upperTrue - lowerTrue + intercept * logarithm(ratio))) / all;
  }
  return area;
}
