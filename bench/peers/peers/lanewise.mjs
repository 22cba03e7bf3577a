/** This library, from its built package. */
import { readFileSync } from "node:fs";
import { layers, ndarray, oneHot, optimizers, Sequential } from "../../../dist/lanewise.js";

export const takesBytes = true;

export function versions() {
  const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  return { lanewise: version };
}

export function createModel({ widths, activation, optimizer, learningRate, batchSize, bytes }, weights, precision) {
  const [inputs, ...outputs] = widths;
  const model = new Sequential([], { seed: 1, ...(precision && { precision }) });
  if (bytes) model.add(layers.rescaling({ scale: 1 / 255, inputShape: [inputs] }));
  outputs.forEach((units, i) => {
    const last = i === outputs.length - 1;
    model.add(layers.dense({ units, activation: last ? "softmax" : activation, inputShape: [widths[i]] }));
  });
  model.compile({ optimizer: optimizers[optimizer]({ learningRate }), loss: "categoricalCrossentropy" });
  if (weights) {
    const shapes = outputs.flatMap((units, i) => [[widths[i], units], [units]]);
    model.setWeights(weights.map((data, i) => ndarray(data, shapes[i])));
  }
  let x;
  let y;
  let epoch = 0;
  return {
    load(data, labels) {
      x = ndarray(data, [labels.length, inputs]);
      y = oneHot(labels, widths.at(-1));
    },
    async fit(epochs) {
      await model.fit(x, y, { initialEpoch: epoch, epochs: epoch + epochs, batchSize });
      epoch += epochs;
    },
    async predict(data, rows) {
      return (await model.predict(ndarray(data, [rows, inputs]))).data;
    },
    weights: () => model.getWeights().map(({ data }) => data),
  };
}
