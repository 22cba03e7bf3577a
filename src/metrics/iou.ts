import { describe } from "../arrays.js";
import { checkBoolean, checkInteger } from "../checks.js";
import { ClassPairs, sumOf } from "./class-pairs.js";
import { defineMetric } from "./define-metric.js";
import type { Reading } from "./host-arrays.js";
import type { MetricFactory } from "./metric.js";
import { checkShare, readElements } from "./thresholds.js";

/** Keras's backend epsilon. */
const EPSILON = 1e-7;

export interface OneHotMeanIoUOptions {
  /** The number of classes. Samples with other class numbers do not count. */
  readonly numClasses: number;
  /** A true class whose samples do not count. Default: none. */
  readonly ignoreClass: number | null;
  /** Whether predictions are class numbers; else they are rows of scores, the largest of which counts. */
  readonly sparseYPred: boolean;
  /** On host arrays: the axis of the scores. In a model it is always the last. Default -1. */
  readonly axis: number;
}

export interface MeanIoUOptions extends OneHotMeanIoUOptions {
  /** The same of targets. */
  readonly sparseYTrue: boolean;
}

/** The classes whose mean is taken. */
export interface TargetClasses {
  readonly targetClassIds: readonly number[];
}

type Needing<Options, Names extends keyof Options> = Partial<Options> & Pick<Options, Names>;

/**
 * The mean over classes of the intersection of targets and predictions over their union: true positives / (true positives
 * + false positives + false negatives). Classes that occur in neither do not count.
 *
 * On host arrays both are class numbers of any shape, unless `sparseYTrue` or `sparseYPred` is false. In a model both are
 * rows of scores.
 */
export const meanIoU = /* @__PURE__ */ defineIoU<Needing<MeanIoUOptions, "numClasses">>("meanIoU", "MeanIoU", {
  numClasses: undefined,
  ignoreClass: null,
  sparseYTrue: true,
  sparseYPred: true,
  axis: -1,
});

/** `meanIoU` over some of the classes only. */
export const iou = /* @__PURE__ */ defineIoU<Needing<MeanIoUOptions & TargetClasses, "numClasses" | "targetClassIds">>(
  "iou",
  "IoU",
  {
    numClasses: undefined,
    targetClassIds: undefined,
    ignoreClass: null,
    sparseYTrue: true,
    sparseYPred: true,
    axis: -1,
  },
);

/** `meanIoU` of one-hot targets, and by default of scores as predictions. */
export const oneHotMeanIoU = /* @__PURE__ */ defineIoU<Needing<OneHotMeanIoUOptions, "numClasses">>(
  "oneHotMeanIoU",
  "OneHotMeanIoU",
  { numClasses: undefined, ignoreClass: null, sparseYPred: false, axis: -1 },
);

/** `iou` of one-hot targets, and by default of scores as predictions. */
export const oneHotIoU = /* @__PURE__ */ defineIoU<
  Needing<OneHotMeanIoUOptions & TargetClasses, "numClasses" | "targetClassIds">
>("oneHotIoU", "OneHotIoU", {
  numClasses: undefined,
  targetClassIds: undefined,
  ignoreClass: null,
  sparseYPred: false,
  axis: -1,
});

/** `iou` of the classes 0 and 1, each output being of class 1 from `threshold` (0.5) on. */
export const binaryIoU = /* @__PURE__ */ defineMetric("binaryIoU", {
  className: "BinaryIoU",
  defaults: { targetClassIds: [0, 1] as readonly number[], threshold: 0.5 },
  check({ targetClassIds, threshold }, where) {
    checkShare(threshold, `${where}: threshold`);
    checkTargets(targetClassIds, 2, where);
  },
  reading: readElements,
  start({ targetClassIds, threshold }) {
    const pairs = new ClassPairs();
    const bound = Math.fround(threshold);
    return {
      update(batch) {
        const { rows, width, stride, targetStride } = batch.memory;
        const { yTrue, yPred } = batch;
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < width; column++) {
            const truth = Math.trunc(yTrue[row * targetStride + column] as number);
            pairs.add(truth, (yPred[row * stride + column] as number) >= bound ? 1 : 0, batch.weightOf(row, column));
          }
        }
      },
      save: () => pairs.save(),
      restore: (numbers) => pairs.restore(numbers),
      result: () => overlapOf(pairs, { numClasses: 2, ignoreClass: null, targetClassIds }),
    };
  },
});

interface Classes {
  readonly numClasses: number;
  readonly ignoreClass: number | null;
  readonly targetClassIds: readonly number[];
}

interface AllOptions {
  readonly numClasses: number | undefined;
  readonly targetClassIds?: readonly number[] | undefined;
  readonly ignoreClass: number | null;
  readonly sparseYTrue?: boolean;
  readonly sparseYPred: boolean;
  readonly axis: number;
}

function defineIoU<Options extends object>(
  name: string,
  className: string,
  defaults: AllOptions,
): MetricFactory<Options> {
  const takesTargets = "targetClassIds" in defaults;
  const factory = defineMetric<AllOptions>(name, {
    className,
    defaults,
    check({ numClasses, targetClassIds, ignoreClass, sparseYTrue = false, sparseYPred, axis }, where) {
      checkInteger(numClasses, `${where}: numClasses`, 1);
      if (takesTargets) checkTargets(targetClassIds, numClasses, where);
      if (ignoreClass !== null) checkInteger(ignoreClass, `${where}: ignoreClass`, Number.MIN_SAFE_INTEGER);
      checkBoolean(sparseYTrue, `${where}: sparseYTrue`);
      checkBoolean(sparseYPred, `${where}: sparseYPred`);
      checkInteger(axis, `${where}: axis`, Number.MIN_SAFE_INTEGER);
    },
    reading: ({ sparseYTrue = false, sparseYPred, axis }): Reading => ({
      targets: "labels",
      values: "rows",
      scores: [!sparseYTrue, !sparseYPred],
      axis,
    }),
    start({ numClasses = 0, targetClassIds, ignoreClass }) {
      const pairs = new ClassPairs();
      const classes = {
        numClasses,
        ignoreClass,
        targetClassIds: targetClassIds ?? Array.from({ length: numClasses }, (_, one) => one),
      };
      return {
        update: (batch) => pairs.addRows(batch),
        save: () => pairs.save(),
        restore: (numbers) => pairs.restore(numbers),
        result: () => overlapOf(pairs, classes),
      };
    },
  });
  return factory as MetricFactory<object> as MetricFactory<Options>;
}

/** @throws TypeError, RangeError. */
function checkTargets(targetClassIds: unknown, numClasses: number, where: string): void {
  if (!Array.isArray(targetClassIds)) {
    throw new TypeError(`${where}: targetClassIds: expected an array of classes, got ${describe(targetClassIds)}`);
  }
  for (const one of targetClassIds) {
    checkInteger(one, `${where}: targetClassIds`, 0);
    if (one >= numClasses)
      throw new RangeError(`${where}: targetClassIds: expected classes below ${numClasses}, got ${one}`);
  }
}

function overlapOf(pairs: ClassPairs, { numClasses, ignoreClass, targetClassIds }: Classes): number {
  const all = Array.from({ length: numClasses }, (_, one) => one);
  const truths = all.filter((one) => one !== ignoreClass);
  const overlaps = targetClassIds.map((one) => {
    const predicted = sumOf(truths.map((truth) => pairs.count(truth, one)));
    const actual = one === ignoreClass ? 0 : sumOf(all.map((prediction) => pairs.count(one, prediction)));
    const both = one === ignoreClass ? 0 : pairs.count(one, one);
    return { both, either: predicted + actual - both };
  });
  const valid = overlaps.filter(({ either }) => either > 1e-9);
  return sumOf(valid.map(({ both, either }) => both / (either + EPSILON))) / (valid.length + EPSILON);
}
