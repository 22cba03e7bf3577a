import { type Activation, type ActivationName, getActivation } from "../activations/index.js";
import { checkInteger } from "../checks.js";
import { getInitializer, type Initializer, type InitializerName } from "../initializers/index.js";
import { offset, type Pointer, toStride } from "../wasm/kernels.js";
import { activationStep } from "./activation.js";
import { commonOptions, type LayerOptions, vectorWidth } from "./common.js";
import { isSparse, type Layer, type PlanContext, type Step, type TrainingPass, type Weight } from "./layer.js";

export interface DenseOptions extends LayerOptions {
  /** The width of the output, at least 1. */
  readonly units: number;
  /** Default: 'linear'. */
  readonly activation?: ActivationName | (string & {}) | Activation;
  /** Default: true. */
  readonly useBias?: boolean;
  /** Default: 'glorotUniform', as in Keras. */
  readonly kernelInitializer?: InitializerName | (string & {}) | Initializer;
  /** Default: 'zeros'. */
  readonly biasInitializer?: InitializerName | (string & {}) | Initializer;
}

/** Below this share of values that are not zero, skipping the zeros is faster than multiplying with them. */
const SPARSE_DENSITY = 0.6;
/** With fewer rows than a tile has, bringing the weights into panels would cost more than it saves. */
const TILE_ROWS = 4;

/**
 * A fully connected layer: y = activation(x · kernel + bias), x [batch, width] -> y [batch, units].
 *
 * Weights: kernel [width, units], bias [units].
 *
 * @throws TypeError, RangeError for options out of range or unknown names.
 */
export function dense(options: DenseOptions): Layer {
  const own = ["units", "activation", "useBias", "kernelInitializer", "biasInitializer"];
  const common = commonOptions(options, own, "dense");
  const { units, useBias = true } = options;
  checkInteger(units, "dense: units", 1);
  const where = `Dense(${units})`;
  const activation = getActivation(options.activation ?? "linear");
  const kernelInitializer = getInitializer(options.kernelInitializer ?? "glorotUniform");
  const biasInitializer = getInitializer(options.biasInitializer ?? "zeros");
  return {
    className: "Dense",
    ...common,
    takesSparseRows: true,
    config: {
      units,
      activation: activation.name,
      use_bias: useBias,
      kernel_initializer: { class_name: kernelInitializer.className, config: kernelInitializer.config },
      bias_initializer: { class_name: biasInitializer.className, config: biasInitializer.config },
    },
    outputShape(inputShape) {
      vectorWidth(inputShape, where);
      return [units];
    },
    weights(inputShape) {
      const width = vectorWidth(inputShape, where);
      const kernel = { name: "kernel", shape: [width, units], initializer: kernelInitializer } as const;
      const bias = { name: "bias", shape: [units], initializer: biasInitializer } as const;
      return useBias ? [kernel, bias] : [kernel];
    },
    plan(context) {
      const product = productStep(context, units);
      return activation.name === "linear"
        ? [product]
        : [product, activationStep(activation, context, product.output, true)];
    },
  };
}

/** y = x · kernel + bias, over dense or sparse rows: the same bits, whichever way they are computed. */
function productStep(context: PlanContext, units: number): Step {
  const { arena, capacity, input, weights, workspace } = context;
  const { kernels } = arena;
  const { panel, zeros } = workspace;
  const [kernel, bias] = weights as readonly [Weight, Weight?];
  const biasPointer = bias?.pointer ?? zeros;
  const { width } = input;
  const stride = toStride(units);
  const output = { pointer: arena.allocate(capacity * stride), width: units, stride };

  const rowEntries = isSparse(input) ? input.rowEntries : width;
  const ranges = isSparse(input) ? input.ranges : arena.allocate(capacity * 2);
  // compressRows looks one entry ahead
  const entries = isSparse(input) ? ranges : arena.allocate((capacity * rowEntries + 1) * 2);
  const columnRanges = arena.allocate(width * 2);
  const columnEntries = arena.allocate(capacity * rowEntries * 2);
  const activeColumns = isSparse(input) ? input.activeColumns : [[0, width] as const];
  /** How the batch at hand is multiplied, decided in the forward pass. */
  let sparse = isSparse(input);

  return {
    output,
    learns: true,
    forward({ rows }) {
      if (!isSparse(input)) {
        const { pointer, stride: inputStride } = input;
        sparse = rows < TILE_ROWS || kernels.countNonZeros(pointer, rows * inputStride) < SPARSE_DENSITY * rows * width;
        if (!sparse) {
          const k = kernel.stride;
          kernels.matmul(
            output.pointer,
            stride,
            pointer,
            inputStride,
            kernel.pointer,
            k,
            biasPointer,
            rows,
            stride,
            width,
            panel,
          );
          return;
        }
        kernels.compressRows(ranges, entries, pointer, inputStride, rows, width);
      }
      kernels.sparseMatmul(output.pointer, stride, ranges, kernel.pointer, kernel.stride, biasPointer, rows, stride);
    },
    backward(pass, dOutput, dInput) {
      const { rows } = pass;
      if (dInput !== undefined && !isSparse(input)) {
        const { stride: inputStride } = input;
        kernels.matmulTransposedB(
          dInput,
          inputStride,
          dOutput,
          stride,
          kernel.pointer,
          stride,
          zeros,
          rows,
          width,
          units,
          panel,
        );
      }
      if (bias) {
        kernels.columnSums(workspace.gradient, dOutput, stride, rows, stride);
        pass.update(bias, 0, 1, workspace.gradient);
      }
      if (sparse) kernels.transposeRows(columnRanges, columnEntries, ranges, rows, width);
      for (const [start, end] of activeColumns) updateKernel(pass, dOutput, start, end);
    },
  };

  /** A part of the gradient at a time, so that it is still in the cache when the optimizer wants it. */
  function updateKernel(pass: TrainingPass, dOutput: Pointer, start: number, end: number): void {
    const { gradient, gradientLength } = workspace;
    const most = Math.max(1, Math.floor(gradientLength / stride));
    for (let row = start; row < end; row += most) {
      const count = Math.min(most, end - row);
      if (sparse) {
        kernels.sparseMatmul(gradient, stride, offset(columnRanges, row * 2), dOutput, stride, zeros, count, stride);
      } else if (!isSparse(input)) {
        const column = offset(input.pointer, row);
        kernels.matmulTransposedA(
          gradient,
          stride,
          column,
          input.stride,
          dOutput,
          stride,
          zeros,
          count,
          stride,
          pass.rows,
          panel,
        );
      }
      pass.update(kernel, row, count, gradient);
    }
  }
}
