/** Trains the model that the page starts with, on digits that are turned, slanted, moved and scaled at random. */
import { layers, type NDArray, ndarray, oneHot, optimizers, regularizers, Sequential, schedules } from "lanewise";
import { quantize } from "./quantize.js";

const UNITS = 96;
const EPOCHS = 30;
const BATCH_SIZE = 128;
const SEED = 28;
/** Takes most weights to zero, where they take no room in the packed file. It costs 0.2 % of accuracy. */
const PENALTY = 1e-4;

interface LabelledDigits {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** @returns The model in TensorFlow.js's form, its weights as 8-bit integers. */
export async function trainModel(images: Uint8Array, labels: Uint8Array, unseen: LabelledDigits) {
  const edges = { fillMode: "constant" };
  const steps = Math.ceil(labels.length / BATCH_SIZE) * EPOCHS;
  const learner = new Sequential(
    [
      layers.randomRotation({ factor: 0.03, inputShape: [28, 28], ...edges }),
      layers.randomShear({ xFactor: 0.15, ...edges }),
      layers.randomZoom({ heightFactor: [-0.1, 0.1], widthFactor: [-0.1, 0.2], ...edges }),
      layers.randomTranslation({ heightFactor: 0.05, widthFactor: 0.05, ...edges }),
      layers.flatten(),
      layers.dense({
        units: UNITS,
        activation: "relu",
        kernelInitializer: "heNormal",
        kernelRegularizer: regularizers.l1({ l1: PENALTY }),
      }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { seed: SEED },
  );
  learner.compile({
    optimizer: optimizers.adam({
      learningRate: schedules.cosineDecay({ initialLearningRate: 0.002, decaySteps: steps }),
    }),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  await learner.fit(toImages(images), oneHot(labels, 10), {
    epochs: EPOCHS,
    batchSize: BATCH_SIZE,
    validationData: [toImages(unseen.images), oneHot(unseen.labels, 10)],
    validationFreq: EPOCHS,
    verbose: 2,
  });

  const { modelTopology, weightSpecs, weightData, format } = await withoutAids(learner).toArtifacts();
  const quantized = quantize(weightSpecs, weightData);
  return { model: { format, modelTopology, weightSpecs: quantized.weightSpecs }, weights: quantized.bytes };
}

/** The same network without what only training needs, none of which has weights. */
function withoutAids(learner: Sequential): Sequential {
  const model = new Sequential(
    [
      layers.dense({ units: UNITS, activation: "relu", inputShape: [784] }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { name: "shipped" },
  );
  model.setWeights(learner.getWeights());
  return model;
}

function toImages(pixels: Uint8Array): NDArray<Float32Array> {
  return ndarray(
    Float32Array.from(pixels, (value) => value / 255),
    [pixels.length / 784, 28, 28],
  );
}
