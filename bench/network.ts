/** How fast are training and prediction of the digit classifier, in plain JavaScript and in WebAssembly? */
import { flatten, layers, loadNpy, oneHot, rescale, Sequential, stratifiedSplit } from "../src/index.js";
import { checkSame, compare, printTimings, type Timing } from "./compare.js";
import { createPlainNetwork, type PlainNetwork } from "./plain/network.js";

const WIDTHS = [784, 256, 128, 10];
const BATCH_SIZE = 64;

/** The digits that all sides train on. */
export async function loadDigits() {
  const x = rescale(flatten(await loadNpy("data/images.npy")), 1 / 255);
  const y = oneHot(await loadNpy("data/labels.npy"), 10);
  return stratifiedSplit({ x, y }, { train: 0.6, test: 0.4, seed: 1 });
}

type Digits = Awaited<ReturnType<typeof loadDigits>>;

/** Times an epoch of training, after checking that all sides learn the same. */
export async function timeEpoch({ train }: Digits, rounds: number): Promise<Timing[]> {
  const order = Uint32Array.from(train.indices.keys());
  const model = createModel();
  const dense = plainTwin(model, false);
  const skipping = plainTwin(model, true);
  const contenders = [
    { name: "plain JavaScript", run: () => dense.trainEpoch(train.x.data, train.y.data, order, BATCH_SIZE) },
    { name: "skipping zeros", run: () => skipping.trainEpoch(train.x.data, train.y.data, order, BATCH_SIZE) },
    {
      name: "lanewise",
      run: () => model.fit(train.x, train.y, { epochs: 1, batchSize: BATCH_SIZE, shuffle: false }),
    },
  ];
  for (const { run } of contenders) await run();
  // One epoch is 61 steps, over which the roundings of single and double precision drift apart
  const trained = model.getWeights().map(({ data }) => data);
  for (const network of [dense, skipping]) {
    network.weights().forEach((weights, i) => {
      checkSame(`weights after an epoch (${i})`, trained[i] ?? new Float32Array(), weights, 0.02);
    });
  }
  return compare(contenders, rounds, 1);
}

/** Times prediction of `rows` digits, after checking that all sides predict the same. */
export async function timePrediction(
  { train }: Digits,
  rows: number,
  rounds: number,
  calls: number,
): Promise<Timing[]> {
  const model = createModel();
  await model.fit(train.x, train.y, { epochs: 1, batchSize: BATCH_SIZE });
  const { data, shape, dtype } = train.x;
  const batch = { data: data.slice(0, rows * (shape[1] ?? 0)), shape: [rows, ...shape.slice(1)], dtype };
  const dense = plainTwin(model, false);
  const skipping = plainTwin(model, true);
  const contenders = [
    { name: "plain JavaScript", run: () => dense.predict(batch.data, rows) },
    { name: "skipping zeros", run: () => skipping.predict(batch.data, rows) },
    { name: "lanewise", run: () => model.predict(batch) },
  ];
  const probabilities = await model.predict(batch);
  for (const network of [dense, skipping]) {
    checkSame("probabilities", probabilities.data, network.predict(batch.data, rows), 1e-4);
  }
  return compare(contenders, rounds, calls);
}

export async function benchNetwork(): Promise<void> {
  const digits = await loadDigits();
  const rows = digits.train.indices.length;
  console.log(`\none epoch of ${rows} digits, ${WIDTHS.join("-")}, ReLU, Adam, batches of ${BATCH_SIZE}`);
  printTimings(await timeEpoch(digits, 5), "ms", (seconds) => seconds * 1000);
  console.log("\nprediction of one digit");
  printTimings(await timePrediction(digits, 1, 9, 500), "µs", (seconds) => seconds * 1e6);
  console.log("\nprediction of 1,000 digits");
  printTimings(await timePrediction(digits, 1000, 9, 2), "digits/s", (seconds) => 1000 / seconds);
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
