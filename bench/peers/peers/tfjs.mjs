/** TensorFlow.js on its WebAssembly backend (SIMD, one thread). */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs-core");
const { sequential, layers } = require("@tensorflow/tfjs-layers");
const { setThreadsCount, setWasmPaths, version_wasm } = require("@tensorflow/tfjs-backend-wasm");

setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist/"));
setThreadsCount(1);
await tf.setBackend("wasm");

export function versions() {
  return { "@tensorflow/tfjs-backend-wasm": version_wasm };
}

export function createModel({ widths, activation, optimizer, learningRate, batchSize }, weights) {
  const [inputs, ...outputs] = widths;
  const model = sequential();
  outputs.forEach((units, i) => {
    const last = i === outputs.length - 1;
    model.add(layers.dense({ units, activation: last ? "softmax" : activation, inputShape: [widths[i]] }));
  });
  model.compile({ optimizer: tf.train[optimizer](learningRate), loss: "categoricalCrossentropy" });
  if (weights) {
    const shapes = outputs.flatMap((units, i) => [[widths[i], units], [units]]);
    model.setWeights(weights.map((data, i) => tf.tensor(data, shapes[i])));
  }
  let x;
  let y;
  return {
    load(data, labels) {
      x = tf.tensor2d(data, [labels.length, inputs]);
      y = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(labels, "int32"), widths.at(-1)), "float32"));
    },
    fit: (epochs) => model.fit(x, y, { epochs, batchSize, shuffle: true, yieldEvery: "never", verbose: 0 }),
    predict: (data, rows) =>
      tf.tidy(() => model.predict(tf.tensor2d(data, [rows, inputs]), { batchSize: rows }).dataSync()),
  };
}
