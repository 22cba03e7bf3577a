/** The model that a configuration describes. */
import type { NDArray } from "../arrays.js";
import {
  type Callback,
  callbacks as callbackTable,
  type Layer,
  layers,
  losses,
  oneHot,
  optimizers,
  Sequential,
  schedules,
} from "../index.js";
import type { Configuration } from "./configuration.js";

/** What a model has to fit. */
export interface Task {
  /** Of a sample as it is in the file. */
  readonly inputShape: readonly number[];
  /** The labels of the classes. */
  readonly classes: readonly number[];
  /** What values are divided by. */
  readonly divisor: number;
  /** The least and the largest value after that. */
  readonly valueRange: readonly [number, number];
}

export interface TrainingLength {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
}

/**
 * Dense layers with a softmax at the end, compiled. Scaling, augmentation and flattening are its first layers: it takes samples
 * as they are in the file, and once saved it needs no preparation of its input, and knows the labels of its classes.
 */
export function createNetwork(
  configuration: Configuration,
  task: Task,
  seed: number,
  length: TrainingLength,
): Sequential {
  const { activation, normalization, dropout: rate, initializer: kernelInitializer } = configuration;
  const { inputShape, classes, divisor } = task;
  const stack: Layer[] = [];
  const first = () => (stack.length === 0 ? { inputShape } : {});
  if (divisor !== 1) stack.push(layers.rescaling({ scale: 1 / divisor, ...first() }));
  for (const make of augmentations(configuration, task)) stack.push(make(first()));
  if (inputShape.length > 1) stack.push(layers.flatten(first()));
  for (const units of configuration.layers) {
    if (normalization === "none") {
      stack.push(layers.dense({ units, activation, kernelInitializer, ...first() }));
    } else {
      stack.push(layers.dense({ units, kernelInitializer, useBias: false, ...first() }));
      stack.push(normalization === "batch" ? layers.batchNormalization() : layers.layerNormalization());
      stack.push(layers.activation({ activation }));
    }
    if (rate > 0) stack.push(activation === "selu" ? layers.alphaDropout({ rate }) : layers.dropout({ rate }));
  }
  stack.push(layers.dense({ units: classes.length, activation: "softmax", ...first() }));

  const model = new Sequential(stack, { seed });
  const optimizer = createOptimizer(configuration, length);
  const { labelSmoothing } = configuration;
  const loss =
    labelSmoothing > 0 ? losses.categoricalCrossentropy({ labelSmoothing }) : losses.sparseCategoricalCrossentropy();
  model.compile({ optimizer, loss, metrics: ["accuracy"] });
  model.setUserDefinedMetadata({ classes });
  return model;
}

/** The classes' numbers as the model's loss takes them: as one-hot rows, where it asks for that. */
export function targetsFor(model: Sequential, y: NDArray<Int32Array>, classes: number): NDArray {
  return model.loss?.targets === "dense" ? oneHot(y, classes) : y;
}

/** What training with the configuration takes besides the model, in front of whatever looks at the weights. */
export function createCallbacks({ averaging }: Pick<Configuration, "averaging">): Callback[] {
  return averaging > 0 ? [callbackTable.swapEMAWeights({ swapOnEpoch: true })] : [];
}

/** Weights that training changes, and those that it only measures, as the means of batch normalization. */
export function countParameters(model: Sequential): number {
  return model.getWeights().reduce((sum, { data }) => sum + data.length, 0);
}

function createOptimizer(configuration: Configuration, { epochs, stepsPerEpoch }: TrainingLength) {
  const { optimizer, learningRate: rate, schedule, weightDecay, averaging } = configuration;
  const steps = epochs * stepsPerEpoch;
  const learningRate =
    schedule === "oneCycle"
      ? schedules.oneCycle({ maxLearningRate: rate, totalSteps: steps })
      : schedule === "cosine"
        ? schedules.cosineDecay({ initialLearningRate: rate, decaySteps: steps })
        : rate;
  return optimizers[optimizer as keyof typeof optimizers]({
    learningRate,
    ...(weightDecay > 0 && { weightDecay }),
    ...(averaging > 0 && { useEma: true, emaMomentum: averaging }),
  });
}

/**
 * Changes that leave a digit the digit it is. Each layer makes an image anew between the old one's pixels and blurs it, while
 * those to be told later are sharp: the fewer layers, the better.
 */
function augmentations({ augmentation }: Configuration, { valueRange }: Task) {
  type First = { readonly inputShape?: readonly number[] };
  const around = { fillMode: "constant", fillValue: valueRange[0] } as const;
  const elastic = (first: First) =>
    layers.randomElasticTransform({ scale: [0.7, 1.4], smoothness: 0.15, valueRange, ...around, ...first });
  const affine = (first: First) =>
    layers.randomAffine({
      ...{ rotation: 0.03, zoom: 0.12, stretch: 0.12, shear: 0.1, heightFactor: 0.08, widthFactor: 0.08 },
      ...around,
      ...first,
    });
  if (augmentation === "none") return [];
  return augmentation === "both" ? [elastic, affine] : augmentation === "affine" ? [affine] : [elastic];
}
