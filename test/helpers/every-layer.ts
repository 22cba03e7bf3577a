/** One of each kind of layer, for tests that go for all of them. */
import { activations, type Layer, layers } from "../../src/index.js";

const softmaxOfColumns = /* @__PURE__ */ activations.softmax({ axis: 1 });

/** For samples of 6 values, of which none may be lost and all have gradients. A new kind needs a line. */
export const layersOfVectors: Record<
  Exclude<keyof typeof layers, "categoryEncoding" | "inputLayer" | `random${string}`>,
  () => Layer
> = {
  activation: () => layers.activation({ activation: "tanh" }),
  activityRegularization: () => layers.activityRegularization(),
  alphaDropout: () => layers.alphaDropout({ rate: 0.3 }),
  batchNormalization: () => layers.batchNormalization({ gammaInitializer: "heUniform" }),
  dense: () => layers.dense({ units: 6, activation: "elu", useBias: false }),
  dropout: () => layers.dropout({ rate: 0.3 }),
  elu: () => layers.elu({ alpha: 0.7 }),
  flatten: () => layers.flatten(),
  gaussianDropout: () => layers.gaussianDropout({ rate: 0.2 }),
  gaussianNoise: () => layers.gaussianNoise({ stddev: 0.3, seed: 5 }),
  layerNormalization: () => layers.layerNormalization(),
  leakyReLU: () => layers.leakyReLU(),
  normalization: () => layers.normalization({ mean: [0.1, 0.2, -0.1, 0, 0, 0.5], variance: [1, 2, 3, 0.5, 0.25, 1] }),
  prelu: () => layers.prelu(),
  reLU: () => layers.reLU({ negativeSlope: 0.5, maxValue: 1.5, threshold: 0.25 }),
  rescaling: () => layers.rescaling({ scale: -0.5, offset: 0.25 }),
  reshape: () => layers.reshape({ targetShape: [-1] }),
  rmsNormalization: () => layers.rmsNormalization(),
  softmax: () => layers.softmax(),
  unitNormalization: () => layers.unitNormalization(),
};

/** What else there is to try, with the shapes of the samples. */
export const otherLayers: readonly (readonly [name: string, inputShape: readonly number[], make: () => Layer])[] = [
  ["dense of images", [2, 3, 4], () => layers.dense({ units: 3, activation: "tanh", biasInitializer: "heUniform" })],
  ["dense of images of other widths", [3, 5], () => layers.dense({ units: 4, activation: "softmax" })],
  ["dense of images, softmax along the others", [3, 5], () => layers.dense({ units: 2, activation: softmaxOfColumns })],
  ["dense of a single row", [1, 7], () => layers.dense({ units: 8, activation: "elu" })],
  ["dropout of all", [6], () => layers.dropout({ rate: 1 })],
  ["dropout with a seed", [6], () => layers.dropout({ rate: 0.5, seed: 2 ** 40 })],
  ["dropout of whole columns", [4, 3], () => layers.dropout({ rate: 0.5, noiseShape: [null, 1, null] })],
  ["dropout of whole samples", [2, 3], () => layers.dropout({ rate: 0.5, noiseShape: [null, 1, 1] })],
  ["alphaDropout, one for all samples", [5], () => layers.alphaDropout({ rate: 0.4, noiseShape: [1, 5], seed: 3 })],
  ["gaussianNoise of images", [3, 5], () => layers.gaussianNoise({ stddev: 0.1 })],
  ["batchNormalization of images", [2, 3, 5], () => layers.batchNormalization()],
  ["batchNormalization over axis 1", [3, 4], () => layers.batchNormalization({ axis: 1, epsilon: 0.1 })],
  ["batchNormalization without scale", [5], () => layers.batchNormalization({ scale: false })],
  ["batchNormalization without center", [2, 3], () => layers.batchNormalization({ center: false, momentum: 0.5 })],
  ["batchNormalization of 64 values", [64], () => layers.batchNormalization()],
  ["layerNormalization of rows", [3, 5], () => layers.layerNormalization({ gammaInitializer: "heUniform" })],
  ["layerNormalization over two axes", [2, 3, 4], () => layers.layerNormalization({ axis: [1, -1] })],
  ["layerNormalization over all axes", [2, 3], () => layers.layerNormalization({ axis: [1, 2], center: false })],
  ["rmsNormalization of columns", [3, 4], () => layers.rmsNormalization({ axis: 1, epsilon: 0.1 })],
  ["unitNormalization over two axes", [2, 3, 2], () => layers.unitNormalization({ axis: [2, 3] })],
  [
    "normalization over two axes",
    [2, 3, 2],
    () => layers.normalization({ axis: [1, -1], mean: [1, 2], variance: [4, 5] }),
  ],
  [
    "normalization of all alike, backwards",
    [3, 2],
    () => layers.normalization({ axis: null, mean: 1, variance: 4, invert: true }),
  ],
  ["rescaling of channels", [2, 3], () => layers.rescaling({ scale: [1, 2, 0.5], offset: [[-1], [1]] })],
  ["flatten of channels first", [2, 3, 4], () => layers.flatten({ dataFormat: "channelsFirst" })],
  ["prelu of images", [2, 3, 2], () => layers.prelu({ alphaInitializer: "heUniform", sharedAxes: [2] })],
  ["reshape to images", [12], () => layers.reshape({ targetShape: [2, -1, 3] })],
];

/** All of them. */
export const everyLayerAndShape = [
  ...Object.entries(layersOfVectors).map(([name, make]) => [name, [6], make] as const),
  ...otherLayers,
];
