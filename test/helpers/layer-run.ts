/** One batch through one layer and back, with everything that comes out on either side. */
import { type NDArray, ndarray } from "../../src/arrays.js";
import { type Layer, optimizers, Sequential } from "../../src/index.js";
import type { Initializer } from "../../src/initializers/index.js";
import type { Values, Weight } from "../../src/layers/layer.js";
import type { Arena } from "../../src/wasm/arena.js";

export interface LayerRun {
  /** The layer's output in training. */
  readonly y: NDArray<Float32Array>;
  /** The gradient of Σ y · dy to the input. */
  readonly dx: NDArray<Float32Array>;
  /** The layer's weights after a step of gradient descent with a learning rate of 1. */
  readonly weights: readonly NDArray<Float32Array>[];
}

const nothing: Initializer = { className: "Zeros", config: {}, fill: () => {} };

interface Settings {
  readonly weights?: readonly NDArray[];
  readonly seed?: number;
}

type GradientOf = ArrayLike<number> | ((y: Float32Array) => ArrayLike<number>);

/** Training on one batch. x comes out of a layer that learns it, and dy is handed to the layer from behind. */
export function runInTraining(
  layer: Layer,
  x: NDArray<Float32Array>,
  dy: GradientOf,
  { weights, seed }: Settings = {},
): Promise<LayerRun> {
  return preparedRun(layer, x.shape, dy, seed)(x, weights);
}

/** The same to be done over and over, each time as if it were the first. */
export function preparedRun(
  layer: Layer,
  [rows = 0, ...sample]: readonly number[],
  dy: GradientOf,
  seed = 1,
): (x: NDArray<Float32Array>, weights?: readonly NDArray[]) => Promise<LayerRun> {
  const width = sample.reduce((size, dimension) => size * dimension, 1);
  let y: Float32Array = new Float32Array();
  const behind = probe((output) => {
    y = output;
    return typeof dy === "function" ? dy(output) : dy;
  });
  const model = new Sequential([given(rows, width, sample), layer, behind], { seed });
  const fresh = model.getWeights().slice(1);
  const zeros = ndarray(new Float32Array(rows * width), [rows, ...sample]);
  let target: NDArray<Float32Array> | undefined;
  return async (x, weights = fresh) => {
    model.setWeights([ndarray(x.data, [rows, width]), ...weights]);
    model.compile({ optimizer: optimizers.sgd({ learningRate: 1 }), loss: "meanSquaredError" });
    target ??= await model.predict(zeros);
    await model.trainOnBatch(zeros, target);
    const [moved, ...after] = model.getWeights() as [NDArray<Float32Array>, ...NDArray<Float32Array>[]];
    const dx = x.data.map((value, i) => value - (moved.data[i] as number));
    return { y: ndarray(y, target.shape), dx: ndarray(dx, x.shape), weights: after };
  };
}

/** A layer whose output is its weight. */
function given(rows: number, width: number, inputShape: readonly number[]): Layer {
  return {
    className: "Given",
    inputShape,
    config: {},
    outputShape: (shape) => shape,
    weights: () => [{ name: "rows", shape: [rows, width], initializer: nothing }],
    plan({ arena, capacity, input, weights: [weight] }) {
      const { pointer, stride } = weight as Weight;
      const output = { pointer: arena.allocate(capacity * stride), width: input.width, stride };
      return [
        {
          output,
          learns: true,
          forward: (pass) =>
            arena.kernels.copyRows(output.pointer, stride, pointer, stride, Math.min(pass.rows, rows), width),
          backward: (pass, dOutput) => pass.update(weight as Weight, 0, rows, dOutput),
        },
      ];
    },
  };
}

/** A layer that shows what it gets, and makes the gradient. */
function probe(gradientOf: (y: Float32Array) => ArrayLike<number>): Layer {
  return {
    className: "Probe",
    config: {},
    outputShape: (shape) => shape,
    weights: () => [],
    plan({ arena, input }) {
      const values = input as Values;
      return [
        {
          output: values,
          learns: false,
          forward: () => {},
          backward({ rows }, dOutput) {
            const gradient = gradientOf(readRows(arena, values, rows));
            writeRows(arena, { ...values, pointer: dOutput }, gradient);
          },
        },
      ];
    },
  };
}

function readRows(arena: Arena, { pointer, width, stride }: Values, rows: number): Float32Array<ArrayBuffer> {
  const values = arena.floats(pointer, rows * stride);
  const dense = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    dense.set(values.subarray(row * stride, row * stride + width), row * width);
  }
  return dense;
}

function writeRows(arena: Arena, { pointer, width, stride }: Values, dense: ArrayLike<number>): void {
  const values = arena.floats(pointer, (dense.length / width) * stride);
  for (let i = 0; i < dense.length; i++) {
    values[Math.floor(i / width) * stride + (i % width)] = dense[i] as number;
  }
}
