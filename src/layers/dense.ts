import { describeActivation } from "../activations/activation.js";
import { type ActivationInput, getActivation } from "../activations/get-activation.js";
import { linear } from "../activations/linear.js";
import { checkBoolean, checkInteger } from "../checks.js";
import { type ConstraintInput, getConstraint } from "../constraints/get-constraint.js";
import { ShapeError } from "../errors.js";
import { zeros } from "../initializers/constant.js";
import { getInitializer, type InitializerInput } from "../initializers/get-initializer.js";
import { glorotUniform } from "../initializers/variance-scaling.js";
import { getRegularizer, type RegularizerInput } from "../regularizers/get-regularizer.js";
import { offset, type Pointer, toStride, toVectors } from "../wasm/kernels.js";
import { activationStep } from "./activation.js";
import { commonOptions, describeMember, ifGiven, type LayerOptions } from "./common.js";
import { innerSteps } from "./inner-rows.js";
import {
  isSparse,
  type Layer,
  type PlanContext,
  type Step,
  type TrainingPass,
  type Weight,
  type WeightSpec,
} from "./layer.js";
import { checkSampleAxes } from "./rows-step.js";

export interface DenseOptions extends LayerOptions {
  /** The width of the output, at least 1. */
  readonly units: number;
  /** Default: 'linear'. */
  readonly activation?: ActivationInput;
  /** Default: true. */
  readonly useBias?: boolean;
  /** Default: 'glorotUniform', as in Keras. */
  readonly kernelInitializer?: InitializerInput;
  /** Default: 'zeros'. */
  readonly biasInitializer?: InitializerInput;
  /** Penalties that are added to the loss. Default: none. */
  readonly kernelRegularizer?: RegularizerInput;
  readonly biasRegularizer?: RegularizerInput;
  /** What the weights are brought back to after each step. Default: nothing. */
  readonly kernelConstraint?: ConstraintInput;
  readonly biasConstraint?: ConstraintInput;
}

const OWN_OPTIONS = [
  "units",
  "activation",
  "useBias",
  "kernelInitializer",
  "biasInitializer",
  "kernelRegularizer",
  "biasRegularizer",
  "kernelConstraint",
  "biasConstraint",
];
/** Below this share of values that are not zero, skipping the zeros is faster than multiplying with them. */
const SPARSE_DENSITY = 0.5;
/** 64 KiB of gradient: they stay in the second-level cache. */
const GRADIENT_LENGTH = 16384;
/** With fewer rows than a tile has, bringing the weights into panels would cost more than it saves. */
const TILE_ROWS = 4;

/**
 * A fully connected layer: y = activation(x · kernel + bias), x [batch, width] -> y [batch, units]. With samples of more
 * axes it goes along the last, [batch, …, width] -> [batch, …, units], with one kernel for all.
 *
 * Weights: kernel [width, units], bias [units].
 *
 * @throws TypeError, RangeError for options out of range or unknown names.
 */
export function dense(options: DenseOptions): Layer {
  const common = commonOptions(options, OWN_OPTIONS, "dense");
  const { units, useBias = true } = options;
  checkInteger(units, "dense: units", 1);
  checkBoolean(useBias, "dense: useBias");
  const where = `Dense(${units})`;
  const activation = getActivation(options.activation ?? linear);
  const kernelInitializer = getInitializer(options.kernelInitializer ?? glorotUniform());
  const biasInitializer = getInitializer(options.biasInitializer ?? zeros());
  const kernelRegularizer = ifGiven(options.kernelRegularizer, getRegularizer);
  const biasRegularizer = ifGiven(options.biasRegularizer, getRegularizer);
  const kernelConstraint = ifGiven(options.kernelConstraint, getConstraint);
  const biasConstraint = ifGiven(options.biasConstraint, getConstraint);
  return {
    className: "Dense",
    ...common,
    takesSparseRows: true,
    config: {
      units,
      activation: describeActivation(activation),
      use_bias: useBias,
      kernel_initializer: describeMember(kernelInitializer),
      bias_initializer: describeMember(biasInitializer),
      kernel_regularizer: describeMember(kernelRegularizer),
      bias_regularizer: describeMember(biasRegularizer),
      activity_regularizer: describeMember(common.activityRegularizer),
      kernel_constraint: describeMember(kernelConstraint),
      bias_constraint: describeMember(biasConstraint),
    },
    outputShape(inputShape) {
      lastSize(inputShape, where);
      const shape = [...inputShape.slice(0, -1), units];
      checkSampleAxes(activation, shape);
      return shape;
    },
    weights(inputShape) {
      const width = lastSize(inputShape, where);
      const kernel: WeightSpec = {
        name: "kernel",
        shape: [width, units],
        initializer: kernelInitializer,
        regularizer: kernelRegularizer,
        constraint: kernelConstraint,
      };
      const bias: WeightSpec = {
        name: "bias",
        shape: [units],
        initializer: biasInitializer,
        regularizer: biasRegularizer,
        constraint: biasConstraint,
      };
      return useBias ? [kernel, bias] : [kernel];
    },
    plan(context) {
      const outer = context.inputShape.slice(0, -1);
      const product = (inner: PlanContext) => productStep(inner, units);
      const steps = outer.length === 0 ? [product(context)] : innerSteps(context, units, product);
      const { output } = steps.at(-1) as Step;
      if (activation.name !== "linear")
        steps.push(activationStep(activation, context, output, [...outer, units], true));
      return steps;
    },
  };
}

function lastSize(inputShape: readonly number[], where: string): number {
  const width = inputShape.at(-1);
  if (width === undefined) throw new ShapeError(`${where}: expected samples of shape [width], got single numbers`);
  return width;
}

/** y = x · kernel + bias, over dense or sparse rows: the same bits, whichever way they are computed. */
function productStep(context: PlanContext, units: number): Step {
  const { arena, capacity, input, weights, workspace, learns } = context;
  const { kernels } = arena;
  const { scratch, zeros } = workspace;
  const [kernel, bias] = weights as readonly [Weight, Weight?];
  const { width } = input;
  const stride = toStride(units);
  const columns = toVectors(units);
  const output = { pointer: arena.allocate(capacity * stride), width: units, stride };

  const rowEntries = isSparse(input) ? input.rowEntries : width;
  const ranges = isSparse(input) ? input.ranges : arena.allocate(capacity * 2);
  // compressRows looks one entry ahead
  const entries = isSparse(input) ? ranges : arena.allocate((capacity * rowEntries + 1) * 2);
  const updateWeights = learns && planUpdate();
  /** How the batch at hand is multiplied, decided in the forward pass. */
  let sparse = isSparse(input);

  return {
    output,
    learns,
    forward({ rows }) {
      const biases = bias?.pointer ?? zeros;
      if (!isSparse(input)) {
        const { pointer: x, stride: xStride } = input;
        sparse = rows < TILE_ROWS || kernels.countNonZeros(x, rows * xStride) < SPARSE_DENSITY * rows * width;
        if (!sparse) {
          const { pointer: w, stride: wStride } = kernel;
          kernels.matmul(output.pointer, stride, x, xStride, w, wStride, biases, rows, columns, width, scratch);
          return;
        }
        kernels.compressRows(ranges, entries, x, xStride, rows, width);
      }
      kernels.sparseMatmul(output.pointer, stride, ranges, kernel.pointer, kernel.stride, biases, rows, columns);
    },
    backward(pass, dOutput, dInput) {
      if (dInput !== undefined && !isSparse(input)) {
        const { pointer: w, stride: wStride } = kernel;
        const { rows } = pass;
        kernels.matmulTransposedB(
          dInput,
          input.stride,
          dOutput,
          stride,
          w,
          wStride,
          zeros,
          rows,
          width,
          units,
          scratch,
        );
      }
      if (updateWeights) updateWeights(pass, dOutput);
    },
  };

  /** Gradients come a part at a time, each still in the cache when the optimizer wants it. */
  function planUpdate(): (pass: TrainingPass, dOutput: Pointer) => void {
    const rowsAtATime = Math.max(1, Math.floor(GRADIENT_LENGTH / stride));
    const gradient = arena.allocate(rowsAtATime * stride);
    const columnRanges = arena.allocate(width * 2);
    const columnEntries = arena.allocate(capacity * rowEntries * 2);
    const runs = isSparse(input) ? input.activeColumns : [[0, width] as const];
    return (pass, dOutput) => {
      const { rows } = pass;
      if (bias) {
        kernels.columnSums(gradient, dOutput, stride, rows, columns);
        pass.update(bias, 0, 1, gradient);
      }
      if (sparse) kernels.transposeRows(columnRanges, columnEntries, ranges, rows, width);
      for (const [start, end] of runs) {
        for (let row = start; row < end; row += rowsAtATime) {
          const count = Math.min(rowsAtATime, end - row);
          if (sparse) {
            const from = offset(columnRanges, row * 2);
            kernels.sparseMatmul(gradient, stride, from, dOutput, stride, zeros, count, columns);
          } else if (!isSparse(input)) {
            const x = offset(input.pointer, row);
            const { stride: xStride } = input;
            kernels.matmulTransposedA(
              gradient,
              stride,
              x,
              xStride,
              dOutput,
              stride,
              zeros,
              count,
              columns,
              rows,
              scratch,
            );
          }
          pass.update(kernel, row, count, gradient);
        }
      }
    };
  }
}
