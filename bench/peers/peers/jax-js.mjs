/**
 * jax-js on its WebAssembly backend, one jitted step per batch. Its optimizers, @jax-js/optax, are not published; Adam is
 * written here as they do it.
 */
import { readFileSync } from "node:fs";
import { blockUntilReady, init, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";

await init("wasm");

export function versions() {
  const path = new URL("../node_modules/@jax-js/jax/package.json", import.meta.url);
  return { "@jax-js/jax": JSON.parse(readFileSync(path, "utf8")).version };
}

export function createModel({ widths, activation, optimizer, learningRate, batchSize }, weights) {
  const [inputs, ...outputs] = widths;
  const hidden = activation === "relu" ? nn.relu : np.tanh;

  const logits = (params, x) =>
    params.reduce((a, { kernel, bias }, i) => np.dot(i === 0 ? a : hidden(a), kernel).add(bias), x);
  const loss = (params, x, y) => {
    const [rows] = y.shape;
    return nn
      .logSoftmax(logits(params, x))
      .mul(y)
      .sum()
      .mul(-1 / rows);
  };
  const descend = jit((params, x, y) => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(params), x, y);
    value.dispose();
    return tree.map((w, g) => w.sub(g.mul(learningRate)), params, gradients);
  });
  /** rate: the learning rate with Adam's corrections for the first steps. */
  const adapt = jit((params, means, squares, rate, x, y) => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(params), x, y);
    value.dispose();
    const m = tree.map((m, g) => m.mul(0.9).add(g.mul(0.1)), means, tree.ref(gradients));
    const v = tree.map((v, g) => v.mul(0.999).add(g.ref.mul(g).mul(0.001)), squares, gradients);
    const update = (w, m, v) => w.sub(rate.ref.mul(m).div(np.sqrt(v).add(1e-7)));
    const next = tree.map(update, params, tree.ref(m), tree.ref(v));
    rate.dispose();
    return [next, m, v];
  });
  const probabilities = jit((params, x) => nn.softmax(logits(params, x)));

  let params = outputs.map((units, i) => ({
    kernel: np.array(weights?.[2 * i] ?? glorotUniform(widths[i], units)).reshape([widths[i], units]),
    bias: np.array(weights?.[2 * i + 1] ?? new Float32Array(units)),
  }));
  let means = tree.map((w) => np.zeros(w.shape), params);
  let squares = tree.map((w) => np.zeros(w.shape), params);
  let x;
  let y;
  let step = 0;

  async function train(rows) {
    const [batchX, batchY] = [gather(x, rows, inputs), gather(y, rows, widths.at(-1))];
    step++;
    if (optimizer === "sgd") {
      params = descend(params, batchX, batchY);
    } else {
      const rate = (learningRate * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step);
      [params, means, squares] = adapt(params, means, squares, np.array(rate), batchX, batchY);
    }
    // Else all the steps queue up, with their memory.
    await blockUntilReady(optimizer === "sgd" ? params : [params, means, squares]);
  }

  return {
    load(data, labels) {
      x = data;
      y = new Float32Array(labels.length * widths.at(-1));
      labels.forEach((label, row) => {
        y[row * widths.at(-1) + label] = 1;
      });
    },
    async fit(epochs) {
      const order = Uint32Array.from({ length: x.length / inputs }, (_, row) => row);
      for (let epoch = 0; epoch < epochs; epoch++) {
        shuffle(order);
        for (let at = 0; at < order.length; at += batchSize) await train(order.subarray(at, at + batchSize));
      }
    },
    predict: (data, rows) => probabilities(tree.ref(params), np.array(data).reshape([rows, inputs])).data(),
  };
}

/** Faster than jax-js's own indexing by an array. */
function gather(data, rows, width) {
  const batch = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    batch.set(data.subarray(row * width, (row + 1) * width), i * width);
  });
  return np.array(batch).reshape([rows.length, width]);
}

function glorotUniform(inputs, outputs) {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return Float32Array.from({ length: inputs * outputs }, () => limit * (2 * Math.random() - 1));
}

/** Fisher and Yates. */
function shuffle(order) {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
}
