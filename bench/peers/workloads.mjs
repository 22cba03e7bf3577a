/** What is measured. W1 to W4 and W7 compare peers; W6 and W8 look at lanewise alone. */

const w1 = { widths: [784, 256, 128, 10], activation: "relu", optimizer: "adam", learningRate: 0.001, batchSize: 64 };
const w2 = { widths: [784, 64, 10], activation: "tanh", optimizer: "sgd", learningRate: 0.1, batchSize: 32 };
const w3 = { widths: [784, 512, 512, 10], activation: "relu", optimizer: "adam", learningRate: 0.001, batchSize: 128 };

export const networks = { W1: w1, W2: w2, W3: w3 };

export const workloads = [
  { id: "W1", kind: "training", network: w1 },
  { id: "W2", kind: "training", network: w2 },
  { id: "W3", kind: "training", network: w3 },
  { id: "W4", kind: "prediction", network: w1 },
  { id: "W5", kind: "coldStart", network: w1 },
  { id: "W6", kind: "matmul", networks: [w1, w2, w3] },
  { id: "W7", kind: "training", network: w1, noise: true },
  { id: "W8", kind: "growth", network: w1 },
];

export function describe({ widths, activation, optimizer, learningRate, batchSize }) {
  return `${widths.join("-")}, ${activation}, ${optimizer} ${learningRate}, batches of ${batchSize}`;
}
