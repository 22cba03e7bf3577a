/** One dense layer: its weights, their gradients, and what it computes from a batch. */
import { matmul, matmulTransposedA, matmulTransposedB } from "./matmul.js";
import { createUpdate, type PlainOptimizer } from "./optimizer.js";
import { createSparseRows, multiplySparse, type SparseRows, transpose } from "./sparse.js";

export type PlainActivation = "relu" | "tanh" | "linear";

/** The input of a layer, [rows, inputs]: as a list of its entries where that is given, else as a dense matrix. */
export interface Batch {
  readonly rows: number;
  readonly dense: Float32Array;
  readonly sparse?: SparseRows | undefined;
}

export interface PlainLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  /** y = activation(x · kernel + bias). Returns how many entries of y are not zero. */
  forward(y: Float32Array, x: Batch): number;
  /** The gradients of kernel and bias, from the input and the gradient of x · kernel + bias. */
  backward(x: Batch, dZ: Float32Array): void;
  /** The gradient of what the layer below computed before its activation, whose value is x. */
  backwardInput(dX: Float32Array, dZ: Float32Array, x: Float32Array, rows: number): void;
  update(step: number): void;
}

/** @param below The activation of the layer below. */
export function createLayer(
  kernel: Float32Array,
  bias: Float32Array,
  activation: PlainActivation,
  below: PlainActivation,
  optimizer: PlainOptimizer,
): PlainLayer {
  const outputs = bias.length;
  const inputs = kernel.length / outputs;
  const dKernel = new Float32Array(kernel.length);
  const dBias = new Float32Array(outputs);
  const updateKernel = createUpdate(optimizer, kernel, dKernel);
  const updateBias = createUpdate(optimizer, bias, dBias);
  /** Inputs that were ever not zero, as far as that is known: the weights of the others have no gradient and no moments. */
  const seen = new Uint8Array(inputs);
  let columns = createSparseRows(inputs, 0);

  return {
    inputs,
    outputs,
    kernel,
    bias,
    forward(y, x) {
      if (x.sparse) multiplySparse(y, x.sparse, kernel, x.rows, outputs);
      else matmul(y, x.dense, kernel, x.rows, outputs, inputs);
      return activate(y, bias, x.rows, activation);
    },
    backward(x, dZ) {
      if (x.sparse) {
        if (columns.values.length < (x.rows + 3) * inputs) columns = createSparseRows(inputs, x.rows * inputs);
        transpose(columns, x.sparse, x.rows, inputs);
        for (let i = 0; i < inputs; i++) if (columns.starts[i] !== columns.starts[i + 1]) seen[i] = 1;
        multiplySparse(dKernel, columns, dZ, inputs, outputs);
      } else {
        seen.fill(1);
        matmulTransposedA(dKernel, x.dense, dZ, inputs, outputs, x.rows);
      }
      sumRows(dBias, dZ, x.rows);
    },
    backwardInput(dX, dZ, x, rows) {
      matmulTransposedB(dX, dZ, kernel, rows, inputs, outputs);
      differentiate(dX, x, rows * inputs, below);
    },
    update(step) {
      for (let i = 0; i < inputs; i++) if (seen[i]) updateKernel(step, i * outputs, (i + 1) * outputs);
      updateBias(step, 0, outputs);
    },
  };
}

/** y = activation(y + bias), row by row. */
function activate(y: Float32Array, bias: Float32Array, rows: number, activation: PlainActivation): number {
  const outputs = bias.length;
  let nonZero = 0;
  for (let row = 0, at = 0; row < rows; row++) {
    for (let j = 0; j < outputs; j++, at++) {
      let z = (y[at] as number) + (bias[j] as number);
      if (activation === "relu") z = Math.max(z, 0);
      else if (activation === "tanh") z = Math.tanh(z);
      if (z !== 0) nonZero++;
      y[at] = z;
    }
  }
  return nonZero;
}

/** dZ *= activation'(z), from y = activation(z). */
function differentiate(dZ: Float32Array, y: Float32Array, size: number, activation: PlainActivation): void {
  for (let i = 0; i < size; i++) {
    const value = y[i] as number;
    if (activation === "relu") dZ[i] = value > 0 ? (dZ[i] as number) : 0;
    else if (activation === "tanh") dZ[i] = (dZ[i] as number) * (1 - value * value);
  }
}

function sumRows(sums: Float32Array, x: Float32Array, rows: number): void {
  const width = sums.length;
  for (let j = 0; j < width; j++) {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += x[row * width + j] as number;
    sums[j] = sum;
  }
}
