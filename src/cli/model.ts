/** The model that the flags describe. */
import { type Layer, layers, optimizers, Sequential } from "../index.js";
import type { DataSet } from "./data.js";
import type { TrainOptions } from "./train-options.js";

/**
 * Dense layers with a softmax at the end, compiled. Scaling and flattening are its first layers: it takes samples as they
 * are in the file, and once saved it needs no preparation of its input, and knows the labels of its classes.
 */
export function createModel(options: TrainOptions, { summary, parts }: DataSet): Sequential {
  const { activation, initializer, learningRate, dropout: rate, seed } = options;
  const inputShape = parts.train.x.shape.slice(1);
  const stack: Layer[] = [];
  const first = () => (stack.length === 0 ? { inputShape } : {});
  const { divisor } = summary.scaling;
  if (divisor !== 1) stack.push(layers.rescaling({ scale: 1 / divisor, ...first() }));
  if (inputShape.length > 1) stack.push(layers.flatten(first()));
  for (const units of options.layers) {
    stack.push(layers.dense({ units, activation, kernelInitializer: initializer, ...first() }));
    if (rate > 0) stack.push(activation === "selu" ? layers.alphaDropout({ rate }) : layers.dropout({ rate }));
  }
  stack.push(layers.dense({ units: summary.classes.length, activation: "softmax", ...first() }));

  const model = new Sequential(stack, { seed });
  const optimizer = optimizers[options.optimizer as keyof typeof optimizers]({ learningRate });
  model.compile({ optimizer, loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  model.setUserDefinedMetadata({ classes: summary.classes });
  return model;
}
