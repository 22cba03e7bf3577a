/**
 * Training without tiles, lanes or sparse rows: whole batches through the naive arithmetic of test/reference.ts, in the
 * order that the library promises. Weights and losses must come out the same to the bit.
 */
import type { NDArray } from "../../src/arrays.js";
import { shuffle } from "../../src/random.js";
import * as reference from "../reference.js";
import { activations, drop, losses, type NaiveDense, type NaiveLayer } from "./naive-layers.js";
import type { NaiveOptimizer } from "./naive-optimizers.js";

export interface NaiveFit {
  readonly epochs: number;
  readonly initialEpoch?: number;
  readonly batchSize: number;
  readonly seed: number;
}

interface Trace {
  readonly input: Float32Array;
  readonly output: Float32Array;
  readonly mask?: Float32Array;
}

const DROPOUT_STREAMS = 0x10000;
const SHUFFLE_STREAM = 0x20000;

/** A network whose last layer is dense: softmax learns by cross-entropy, sigmoid by its binary form, linear by squares. */
export class NaiveNetwork {
  readonly weights: Float32Array[];
  readonly #layers: readonly NaiveLayer[];
  readonly #optimizer: NaiveOptimizer;
  readonly #state: Float32Array[][];
  #iteration = 0;

  /** @param weights Kernel, then bias if there is one, of each dense layer. Copied. */
  constructor(layers: readonly NaiveLayer[], weights: readonly NDArray<Float32Array>[], optimizer: NaiveOptimizer) {
    this.weights = weights.map(({ data }) => data.slice());
    this.#layers = layers;
    this.#optimizer = optimizer;
    this.#state = weights.map(({ data }) =>
      Array.from({ length: optimizer.slots }, (_, i) =>
        new Float32Array(data.length).fill(optimizer.slotStarts?.[i] ?? 0),
      ),
    );
  }

  /** Trains and returns the loss of each epoch. */
  fit(x: NDArray<Float32Array>, y: NDArray<Float32Array>, options: NaiveFit): number[] {
    const { epochs, initialEpoch = 0, batchSize, seed } = options;
    const [rows = 0] = x.shape;
    const history: number[] = [];
    for (let epoch = initialEpoch; epoch < epochs; epoch++) {
      const order = shuffle(
        Uint32Array.from({ length: rows }, (_, row) => row),
        seed,
        SHUFFLE_STREAM,
        epoch,
      );
      let total = 0;
      for (let first = 0; first < rows; first += batchSize) {
        const batch = order.subarray(first, first + batchSize);
        total += this.#step(take(x, batch), take(y, batch), batch.length, seed);
      }
      history.push(total / rows);
    }
    return history;
  }

  /** One batch forward and backward; returns the sum of the rows' losses. */
  #step(x: Float32Array, targets: Float32Array, rows: number, seed: number): number {
    this.#iteration++;
    const traces = this.#forward(x, rows, seed);
    const last = this.#layers.at(-1) as NaiveDense;
    const width = last.units;
    const z = { data: (traces.at(-1) as Trace).output, stride: width };
    const y = { data: targets, stride: width };
    const measured = losses[last.activation as keyof typeof losses](z, y, 1 / rows, rows, width);
    let { gradient } = measured;
    let next = this.weights.length;
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const layer = this.#layers[index] as NaiveLayer;
      const { input, output, mask } = traces[index] as Trace;
      if ("dropped" in layer) {
        gradient = reference.multiply(gradient, mask as Float32Array);
      } else {
        next -= layer.useBias === false ? 1 : 2;
        const dOutput =
          layer === last ? gradient : activations[layer.activation].backward(gradient, output, rows, layer.units);
        gradient = this.#backward(layer, input, dOutput, rows, next);
      }
    }
    return reference.sum(measured.losses);
  }

  /** What goes into each layer and what comes out; of the last, before its activation. */
  #forward(x: Float32Array, rows: number, seed: number): Trace[] {
    const key = { seedLow: seed % 2 ** 32, seedHigh: Math.floor(seed / 2 ** 32), step: this.#iteration };
    const traces: Trace[] = [];
    let input = x;
    let next = 0;
    this.#layers.forEach((layer, index) => {
      if ("dropped" in layer) {
        const { y, mask } = drop(layer, input, rows, { ...key, stream: DROPOUT_STREAMS + index });
        traces.push({ input, output: y, mask });
      } else {
        const { units, activation, useBias = true } = layer;
        const width = input.length / rows;
        const kernel = { data: this.weights[next++] as Float32Array, stride: units };
        const bias = useBias ? (this.weights[next++] as Float32Array) : new Float32Array(units);
        const z = reference.matmul({ data: input, stride: width }, kernel, bias, rows, units, width);
        const isLast = index === this.#layers.length - 1;
        traces.push({ input, output: isLast ? z : activations[activation].forward(z, rows, units) });
      }
      input = (traces.at(-1) as Trace).output;
    });
    return traces;
  }

  /** Changes kernel and bias, weights `next` and `next + 1`. Returns the gradient of the input, as it was before. */
  #backward(layer: NaiveDense, x: Float32Array, d: Float32Array, rows: number, next: number): Float32Array {
    const { units, useBias = true } = layer;
    const width = x.length / rows;
    const dOutput = { data: d, stride: units };
    const kernel = { data: this.weights[next] as Float32Array, stride: units };
    const dInput = reference.matmulTransposedB(dOutput, kernel, rows, width, units);
    this.#update(next, reference.matmulTransposedA({ data: x, stride: width }, dOutput, width, units, rows));
    if (useBias) this.#update(next + 1, reference.columnSums(dOutput, rows, units));
    return dInput;
  }

  #update(index: number, gradient: Float32Array): void {
    const weight = this.weights[index] as Float32Array;
    this.#optimizer.update(weight, this.#state[index] as Float32Array[], gradient, this.#iteration);
  }
}

function take({ data, shape }: NDArray<Float32Array>, rowNumbers: Uint32Array): Float32Array {
  const width = shape[1] ?? 1;
  return reference.gatherRows({ data, stride: width }, rowNumbers, width);
}
