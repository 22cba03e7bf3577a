/** Well-written plain JavaScript: bench/plain, bundled by prepare.mjs. */
import { createPlainNetwork } from "../build/plain.mjs";

export function versions() {
  return { node: process.version };
}

export function createModel({ widths, activation, optimizer, learningRate, batchSize }, weights, skipZeros = false) {
  const network = createPlainNetwork({
    widths,
    activation,
    optimizer: { name: optimizer, learningRate },
    skipZeros,
    ...(weights && { weights }),
  });
  let x;
  let y;
  let order;
  return {
    load(data, labels) {
      x = data;
      const classes = widths.at(-1);
      y = new Float32Array(labels.length * classes);
      labels.forEach((label, row) => {
        y[row * classes + label] = 1;
      });
      order = Uint32Array.from(labels.keys());
      network.prepare(x, labels.length);
    },
    fit(epochs) {
      for (let epoch = 0; epoch < epochs; epoch++) {
        shuffle(order);
        network.trainEpoch(x, y, order, batchSize);
      }
    },
    predict: (data, rows) => network.predict(data, rows),
  };
}

/** Fisher and Yates. */
function shuffle(order) {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
}
