import { describe, expect, test } from "vitest";
import { createPlainNetwork, type PlainNetworkOptions } from "../../bench/plain/network.js";
import { createUpdate } from "../../bench/plain/optimizer.js";

const rows = 50;
const inputs = 12;
const classes = 3;
const order = Uint32Array.from({ length: rows }, (_, i) => (i * 7) % rows);

/** Rows in which the class decides where the numbers stand that are not zero; the last input never is. */
const x = new Float32Array(rows * inputs);
const labels = new Float32Array(rows * classes);
for (let row = 0; row < rows; row++) {
  const label = row % classes;
  labels[row * classes + label] = 1;
  for (let j = 0; j < 4; j++) {
    if (label * 4 + j < inputs - 1) x[row * inputs + label * 4 + j] = Math.max(0, Math.sin(row * 3.7 + j * 1.3) + 0.6);
  }
}

const base: PlainNetworkOptions = {
  widths: [inputs, 9, 7, classes],
  activation: "tanh",
  optimizer: { name: "sgd", learningRate: 1 },
  skipZeros: false,
};

function largestDifference(a: Float32Array[], b: Float32Array[]): number {
  const right = b.flatMap((array) => [...array]);
  return a
    .flatMap((array) => [...array])
    .reduce((most, value, i) => Math.max(most, Math.abs(value - (right[i] ?? Number.NaN))), 0);
}

describe.each([false, true])("with skipZeros %s", (skipZeros) => {
  test.each(["tanh", "relu"] as const)(
    "the gradient through %s agrees with central differences to 2e-4",
    (activation) => {
      const start = createPlainNetwork({ ...base, activation }).weights();
      // Below zero, so that enough units are off for the sparse products in the hidden layers.
      for (const bias of [start[1], start[3]]) bias?.fill(-0.07);
      const lossAt = (weights: Float32Array[]) =>
        createPlainNetwork({ ...base, activation, skipZeros, weights }).trainEpoch(x, labels, order, rows).loss;
      const network = createPlainNetwork({ ...base, activation, skipZeros, weights: start });
      network.trainEpoch(x, labels, order, rows);
      const after = network.weights();
      start.forEach((array, which) => {
        for (let i = 0; i < array.length; i += 1) {
          const value = array[i] ?? Number.NaN;
          const shifted = [-1e-3, 1e-3].map((shift) => {
            const weights = start.map((w) => w.slice());
            weights[which]?.fill(value + shift, i, i + 1);
            return lossAt(weights);
          });
          const numeric = ((shifted[1] ?? Number.NaN) - (shifted[0] ?? Number.NaN)) / 2e-3;
          const gradient = value - (after[which]?.[i] ?? Number.NaN);
          expect(Math.abs(gradient - numeric), `weight ${i} of array ${which}`).toBeLessThan(2e-4);
        }
      });
    },
  );

  test("it learns to tell three classes apart", () => {
    const network = createPlainNetwork({
      ...base,
      activation: "relu",
      skipZeros,
      optimizer: { name: "adam", learningRate: 0.01 },
    });
    let last = network.trainEpoch(x, labels, order, 8);
    for (let epoch = 0; epoch < 40; epoch++) last = network.trainEpoch(x, labels, order, 8);
    expect(last.accuracy).toBe(1);
    expect(last.loss).toBeLessThan(0.05);
    const probabilities = network.predict(x, rows);
    for (let row = 0; row < rows; row++) {
      expect(probabilities[row * classes + (row % classes)]).toBeGreaterThan(0.5);
    }
    const alone = network.predict(x.subarray(0, inputs), 1);
    expect(largestDifference([alone], [probabilities.slice(0, classes)])).toBeLessThan(1e-6);
  });
});

test.each([
  { name: "adam", learningRate: 1e-3 },
  { name: "sgd", learningRate: 0.1 },
] as const)("skipping zeros agrees to 1e-4 after 21 steps of $name", (optimizer) => {
  for (const activation of ["relu", "tanh"] as const) {
    const options = { ...base, activation, optimizer };
    const networks = [false, true].map((skipZeros) => createPlainNetwork({ ...options, skipZeros }));
    networks[1]?.prepare(x, rows);
    for (let epoch = 0; epoch < 3; epoch++) {
      for (const network of networks) network.trainEpoch(x, labels, order, 8);
    }
    const [dense, sparse] = networks.map((network) => network.weights());
    if (!dense || !sparse) throw new Error("expected two networks");
    expect(largestDifference(dense, sparse)).toBeLessThan(1e-4);
  }
});

test("two steps of Adam agree with Keras's formula to 1e-6", () => {
  const weights = Float32Array.of(1, -2, 0.5);
  const gradient = Float32Array.of(0.5, -1, 0);
  const update = createUpdate({ name: "adam", learningRate: 0.01 }, weights, gradient);
  update(1, 0, 3);
  gradient.set([-0.25, 2, 0]);
  update(2, 0, 3);
  [0.9873367, -1.9936611, 0.5].forEach((expected, i) => {
    expect(weights[i]).toBeCloseTo(expected, 6);
  });
});
