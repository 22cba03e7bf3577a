import { describe } from "../arrays.js";
import { checkNumber } from "../checks.js";
import { ones, zeros } from "../initializers/constant.js";
import { getInitializer, type InitializerInput } from "../initializers/get-initializer.js";
import { toVectors } from "../wasm/kernels.js";
import { layerKernels } from "../wasm/parts/layers.js";
import { checkAxes, type Matrix, sampleAxes, shapeWith, stepsAlong } from "./axes.js";
import { commonOptions, describeMember } from "./common.js";
import type { Layer, PlanContext, Step, Weight } from "./layer.js";
import { checkScale, type ScaleOptions, scaleOptionNames, scaleSteps } from "./scale.js";

export interface BatchNormalizationOptions extends ScaleOptions {
  /**
   * The axis with a mean and a variance for each index; the batch is axis 0, and -1, the default, the last. A list of one is
   * taken, too, as Keras 2 saves it.
   */
  readonly axis?: number | readonly [number];
  /** How much of the moving mean and variance stays in a batch, in [0, 1]. Default 0.99. */
  readonly momentum?: number;
  /** What is added to the variance, at least 0. Default 0.001. */
  readonly epsilon?: number;
  /** Default: 'zeros'. */
  readonly movingMeanInitializer?: InitializerInput;
  /** Default: 'ones'. */
  readonly movingVarianceInitializer?: InitializerInput;
}

/**
 * y = gamma · (x - mean) / √(variance + epsilon) + beta (Ioffe and Szegedy 2015). In training, mean and variance (the
 * population's: the sum of squares is divided by their number) are those of the batch, and moving averages follow them,
 * moving · momentum + batch · (1 - momentum). In prediction, and in training while the layer is frozen, they are the moving
 * ones. The shape stays.
 *
 * Weights: gamma, beta, moving_mean and moving_variance, each [size of the axis].
 *
 * @throws TypeError, RangeError for options out of range or unknown names; when connected, ShapeError for samples without
 *   that axis.
 */
export function batchNormalization(options: BatchNormalizationOptions = {}): Layer {
  const where = "batchNormalization";
  const own = [
    "axis",
    "momentum",
    "epsilon",
    ...scaleOptionNames,
    "movingMeanInitializer",
    "movingVarianceInitializer",
  ];
  const common = commonOptions(options, own, where);
  const { axis: given = -1, momentum = 0.99, epsilon = 0.001 } = options;
  const axis: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
  if (typeof axis !== "number") throw new TypeError(`${where}: axis: expected an integer, got ${describe(axis)}`);
  checkAxes(axis, where);
  checkNumber(momentum, `${where}: momentum`, "a number in [0, 1]", (value) => value >= 0 && value <= 1);
  checkNumber(epsilon, `${where}: epsilon`, "a number of at least 0", (value) => value >= 0);
  const scale = checkScale(options, where);
  const movingMean = getInitializer(options.movingMeanInitializer ?? zeros());
  const movingVariance = getInitializer(options.movingVarianceInitializer ?? ones());
  return {
    className: "BatchNormalization",
    ...common,
    config: {
      axis,
      momentum,
      epsilon,
      ...scale.config,
      moving_mean_initializer: describeMember(movingMean),
      moving_variance_initializer: describeMember(movingVariance),
    },
    outputShape: (inputShape) => shapeWith(axis, inputShape, where),
    weights(inputShape) {
      const [column = 0] = sampleAxes(axis, inputShape, where);
      const shape = [inputShape[column] as number];
      return [
        ...scale.weights(shape),
        { name: "moving_mean", shape, initializer: movingMean, trainable: false },
        { name: "moving_variance", shape, initializer: movingVariance, trainable: false },
      ];
    },
    plan: (context) =>
      stepsAlong(context, sampleAxes(axis, context.inputShape, where), (matrix) => {
        const normalized = batchStep(context, matrix, momentum, epsilon);
        return [normalized, ...scaleSteps(context, { ...matrix, ...normalized.output }, "gamma", "beta")];
      }),
  };
}

/** y[i,j] = (x[i,j] - mean[j]) / √(variance[j] + epsilon). */
function batchStep(context: PlanContext, matrix: Matrix, momentum: number, epsilon: number): Step {
  const { arena, capacity, learns, workspace, weights } = context;
  const { kernels } = arena;
  const normalizing = layerKernels(kernels);
  const { pointer: x, width, stride, groups, columns, rowStride } = matrix;
  const [movingMean, movingVariance] = weights.slice(-2) as [Weight, Weight];
  const { zeros } = workspace;
  const n = toVectors(columns);
  const output = { pointer: arena.allocate(capacity * stride), width, stride };
  const batchMean = arena.allocate(n);
  const batchVariance = arena.allocate(n);
  const factor = arena.allocate(n);
  return {
    output,
    // Without gamma and beta, too: the moving averages follow the batches in the backward pass
    learns,
    forward({ rows }) {
      if (learns) normalizing.columnMoments(batchMean, batchVariance, x, rowStride, rows * groups, columns);
      const mean = learns ? batchMean : movingMean.pointer;
      normalizing.inverseDeviations(factor, learns ? batchVariance : movingVariance.pointer, epsilon, n);
      normalizing.affineColumns(output.pointer, x, rowStride, mean, factor, zeros, rows * groups, n);
    },
    backward({ rows }, dOutput, dInput) {
      if (!learns) {
        if (dInput !== undefined) {
          normalizing.affineColumns(dInput, dOutput, rowStride, zeros, factor, zeros, rows * groups, n);
        }
        return;
      }
      if (dInput !== undefined) {
        normalizing.columnNormalizationBackward(dInput, dOutput, output.pointer, rowStride, factor, rows * groups, n);
      }
      kernels.blend(movingMean.pointer, batchMean, momentum, 1 - momentum, n);
      kernels.blend(movingVariance.pointer, batchVariance, momentum, 1 - momentum, n);
    },
  };
}
