/** A dense network with softmax and categorical cross-entropy in plain JavaScript: what the library is measured against. */
import { type Batch, createLayer, type PlainLayer } from "./layer.js";
import type { PlainOptimizer } from "./optimizer.js";
import { compress, createSparseRows, gatherRows, type SparseRows } from "./sparse.js";

export interface PlainNetworkOptions {
  /** Inputs, hidden units, classes: [784, 256, 128, 10]. */
  readonly widths: readonly number[];
  /** Of the hidden layers. */
  readonly activation: "relu" | "tanh";
  readonly optimizer: PlainOptimizer;
  /** Multiply only with what is not zero in the inputs and, where that pays, in the hidden layers. */
  readonly skipZeros: boolean;
  /** Kernel [inputs, outputs] and bias of each layer in turn, as Keras keeps them. Default: Glorot's uniform, seeded. */
  readonly weights?: readonly Float32Array[];
}

export interface PlainNetwork {
  /** Lists the non-zero inputs of x [rows, inputs] once; trainEpoch does so itself for an x it has not seen. */
  prepare(x: Float32Array, rows: number): void;
  /** One pass over the rows of x that `order` lists. Returns the means over the epoch, each batch before its update. */
  trainEpoch(
    x: Float32Array,
    labelsOneHot: Float32Array,
    order: Uint32Array,
    batchSize: number,
  ): { loss: number; accuracy: number };
  /** Probabilities [rows, classes] for x [rows, inputs]. */
  predict(x: Float32Array, rows: number): Float32Array;
  /** Copies, in the order of the option of this name. */
  weights(): Float32Array[];
}

/** Above this share of non-zero activations the dense product is faster. */
const sparseBelow = 0.6;
const predictionBatch = 256;

export function createPlainNetwork(options: PlainNetworkOptions): PlainNetwork {
  const { widths, skipZeros } = options;
  const inputs = widths[0] as number;
  const classes = widths[widths.length - 1] as number;
  const layers = createLayers(options);
  let room = 0;
  let activations: Float32Array[] = [];
  let gradients: Float32Array[] = [];
  let lists: SparseRows[] = [];
  let prepared: { x: Float32Array; sparse: SparseRows } | undefined;
  let step = 0;

  function reserve(rows: number): void {
    if (rows <= room) return;
    room = rows;
    activations = widths.map((width) => new Float32Array(rows * width));
    gradients = widths.map((width) => new Float32Array(rows * width));
    lists = skipZeros ? widths.map((width) => createSparseRows(rows, rows * width)) : [];
  }

  /** Returns the input of every layer; the probabilities are then in the last of the activations. */
  function forward(first: Batch): Batch[] {
    const batches = [first];
    let batch = first;
    layers.forEach((layer, i) => {
      const dense = activations[i + 1] as Float32Array;
      const { rows } = batch;
      const nonZero = layer.forward(dense, batch);
      const list = i + 1 < layers.length && nonZero < sparseBelow * rows * layer.outputs ? lists[i + 1] : undefined;
      batch = { rows, dense, sparse: list && compress(list, dense, rows, layer.outputs) };
      batches.push(batch);
    });
    softmax(batch.dense, batch.rows, classes);
    return batches;
  }

  function backward(batches: Batch[]): void {
    for (let i = layers.length - 1; i >= 0; i--) {
      const layer = layers[i] as PlainLayer;
      const x = batches[i] as Batch;
      const dZ = gradients[i + 1] as Float32Array;
      layer.backward(x, dZ);
      if (i > 0) layer.backwardInput(gradients[i] as Float32Array, dZ, x.dense, x.rows);
    }
    step++;
    for (const layer of layers) layer.update(step);
  }

  function gather(x: Float32Array, order: Uint32Array, begin: number, end: number): Batch {
    const dense = activations[0] as Float32Array;
    const list = lists[0];
    if (prepared && list) {
      return { rows: end - begin, dense, sparse: gatherRows(list, prepared.sparse, order, begin, end) };
    }
    for (let i = begin; i < end; i++) {
      const at = (order[i] as number) * inputs;
      dense.set(x.subarray(at, at + inputs), (i - begin) * inputs);
    }
    return { rows: end - begin, dense };
  }

  function prepare(x: Float32Array, rows: number): void {
    if (!skipZeros) return;
    let entries = 0;
    for (let i = 0; i < rows * inputs; i++) if (x[i] !== 0) entries++;
    prepared = { x, sparse: compress(createSparseRows(rows, entries), x, rows, inputs) };
  }

  return {
    prepare,
    trainEpoch(x, labelsOneHot, order, batchSize) {
      if (prepared?.x !== x) prepare(x, x.length / inputs);
      reserve(batchSize);
      let loss = 0;
      let correct = 0;
      for (let begin = 0; begin < order.length; begin += batchSize) {
        const end = Math.min(begin + batchSize, order.length);
        const batches = forward(gather(x, order, begin, end));
        const p = activations[layers.length] as Float32Array;
        const dZ = gradients[layers.length] as Float32Array;
        for (let i = begin; i < end; i++) {
          const label = (order[i] as number) * classes;
          const at = (i - begin) * classes;
          loss += crossEntropy(dZ, p, at, labelsOneHot, label, classes, end - begin);
          if (largest(p, at, classes) === largest(labelsOneHot, label, classes)) correct++;
        }
        backward(batches);
      }
      return { loss: loss / order.length, accuracy: correct / order.length };
    },
    predict(x, rows) {
      reserve(Math.min(rows, predictionBatch));
      const probabilities = new Float32Array(rows * classes);
      for (let begin = 0; begin < rows; begin += predictionBatch) {
        const count = Math.min(predictionBatch, rows - begin);
        const dense = x.subarray(begin * inputs, (begin + count) * inputs);
        const list = lists[0];
        forward({ rows: count, dense, sparse: list && compress(list, dense, count, inputs) });
        const p = activations[layers.length] as Float32Array;
        probabilities.set(p.subarray(0, count * classes), begin * classes);
      }
      return probabilities;
    },
    weights: () => layers.flatMap(({ kernel, bias }) => [kernel.slice(), bias.slice()]),
  };
}

function createLayers({ widths, activation, optimizer, weights }: PlainNetworkOptions): PlainLayer[] {
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  return widths.slice(1).map((outputs, i) => {
    const inputs = widths[i] as number;
    const limit = Math.sqrt(6 / (inputs + outputs));
    const kernel =
      weights?.[2 * i]?.slice() ?? Float32Array.from({ length: inputs * outputs }, () => limit * (2 * random() - 1));
    const bias = weights?.[2 * i + 1]?.slice() ?? new Float32Array(outputs);
    return createLayer(kernel, bias, i === widths.length - 2 ? "linear" : activation, activation, optimizer);
  });
}

/** Replaces each row of scores by its softmax. */
function softmax(z: Float32Array, rows: number, classes: number): void {
  for (let at = 0; at < rows * classes; at += classes) {
    const top = z[at + largest(z, at, classes)] as number;
    let sum = 0;
    for (let j = at; j < at + classes; j++) {
      const e = Math.exp((z[j] as number) - top);
      z[j] = e;
      sum += e;
    }
    for (let j = at; j < at + classes; j++) z[j] = (z[j] as number) / sum;
  }
}

/** The loss of one row of probabilities, and in dZ its gradient by the scores, (p - y) / batch. */
function crossEntropy(
  dZ: Float32Array,
  p: Float32Array,
  at: number,
  labels: Float32Array,
  label: number,
  classes: number,
  batch: number,
): number {
  let loss = 0;
  for (let j = 0; j < classes; j++) {
    const y = labels[label + j] as number;
    const probability = p[at + j] as number;
    dZ[at + j] = (probability - y) / batch;
    // As Keras, which keeps the logarithm finite by 1e-7.
    if (y !== 0) loss -= y * Math.log(Math.max(probability, 1e-7));
  }
  return loss;
}

/** The position of the largest of `count` numbers from `at` on. */
function largest(x: Float32Array, at: number, count: number): number {
  let best = 0;
  for (let j = 1; j < count; j++) if ((x[at + j] as number) > (x[at + best] as number)) best = j;
  return best;
}
