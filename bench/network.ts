/** How fast are training and prediction of the digit classifier, in plain JavaScript and in WebAssembly? */
import {
  flatten,
  layers,
  loadNpy,
  type NDArray,
  oneHot,
  rescale,
  Sequential,
  stratifiedSplit,
  take,
} from "../src/index.js";
import { checkSame, compare, printTimings } from "./compare.js";
import { createPlainNetwork, type PlainNetwork } from "./plain/network.js";

const WIDTHS = [784, 256, 128, 10];
const BATCH_SIZE = 64;

export async function benchNetwork(): Promise<void> {
  const x = rescale(flatten(await loadNpy("data/images.npy")), 1 / 255);
  const y = oneHot(await loadNpy("data/labels.npy"), 10);
  const { train } = stratifiedSplit({ x, y }, { train: 0.6, test: 0.4, seed: 1 });
  const order = Uint32Array.from(train.indices.keys());
  const model = createModel();
  const dense = plainTwin(model, false);
  const skipping = plainTwin(model, true);

  console.log(
    `\none epoch of ${train.indices.length} digits, ${WIDTHS.join("-")}, ReLU, Adam, batches of ${BATCH_SIZE}`,
  );
  const epoch = [
    { name: "plain JavaScript", run: () => dense.trainEpoch(train.x.data, train.y.data, order, BATCH_SIZE) },
    { name: "skipping zeros", run: () => skipping.trainEpoch(train.x.data, train.y.data, order, BATCH_SIZE) },
    {
      name: "lanewise",
      run: () => model.fit(train.x, train.y, { epochs: 1, batchSize: BATCH_SIZE, shuffle: false }),
    },
  ];
  for (const { run } of epoch) await run();
  // One epoch is 61 steps, over which the roundings of single and double precision drift apart
  const trained = model.getWeights().map(({ data }) => data);
  [dense, skipping].forEach((network) => {
    network.weights().forEach((weights, i) => {
      checkSame(`weights after an epoch (${i})`, trained[i] ?? new Float32Array(), weights, 0.02);
    });
  });
  printTimings(await compare(epoch, 5, 1), "ms", (seconds) => seconds * 1000);

  for (const rows of [1, 1000]) {
    console.log(`\nprediction of ${rows === 1 ? "one digit" : `${rows} digits`}`);
    const batch = take(
      x,
      Uint32Array.from({ length: rows }, (_, row) => row),
    ) as NDArray<Float32Array>;
    const plain = [plainTwin(model, false), plainTwin(model, true)].map((network) => network.predict);
    const [predictDense, predictSkipping] = plain as [PlainNetwork["predict"], PlainNetwork["predict"]];
    const prediction = [
      { name: "plain JavaScript", run: () => predictDense(batch.data, rows) },
      { name: "skipping zeros", run: () => predictSkipping(batch.data, rows) },
      { name: "lanewise", run: () => model.predict(batch) },
    ];
    const probabilities = await model.predict(batch);
    for (const predict of plain) checkSame("probabilities", probabilities.data, predict(batch.data, rows), 1e-4);
    const unit = rows === 1 ? "µs" : "digits/s";
    const inUnit = (seconds: number): number => (rows === 1 ? seconds * 1e6 : rows / seconds);
    printTimings(await compare(prediction, 9, rows === 1 ? 500 : 2), unit, inUnit);
  }
}

function createModel(): Sequential {
  const model = new Sequential(
    [
      layers.dense({ units: 256, activation: "relu", kernelInitializer: "heNormal", inputShape: [784] }),
      layers.dense({ units: 128, activation: "relu", kernelInitializer: "heNormal" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { seed: 1 },
  );
  model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });
  return model;
}

/** The same network with the same weights in plain JavaScript. */
function plainTwin(model: Sequential, skipZeros: boolean): PlainNetwork {
  return createPlainNetwork({
    widths: WIDTHS,
    activation: "relu",
    optimizer: { name: "adam", learningRate: 0.001 },
    skipZeros,
    weights: model.getWeights().map(({ data }) => data),
  });
}
