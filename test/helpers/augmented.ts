/** Looking at the images that a model is shown in training. */
import { type Layer, layers, type NDArray, ndarray, optimizers, Sequential } from "../../src/index.js";

export interface Showing {
  readonly seed?: number;
  /** How many batches of the same images the model has been shown before. */
  readonly batches?: number;
}

/**
 * What layers make in training of a batch of images, [n, height, width] or [n, height, width, channels], n a power of two.
 *
 * It is read off the gradient of a kernel behind them: unit i stands at 0, and misses its target only for image i.
 */
export async function augmented(
  stack: readonly Layer[],
  images: NDArray,
  { seed = 1, batches = 0 }: Showing = {},
): Promise<Float32Array[]> {
  const [n = 0, ...sample] = images.shape;
  const size = images.data.length / n;
  const shaped = layers.activation({ activation: "linear", inputShape: sample });
  const units = layers.dense({ units: n, useBias: false, kernelInitializer: "zeros" });
  const model = new Sequential([shaped, ...stack, layers.flatten(), units], { seed });
  model.compile({ optimizer: optimizers.sgd({ learningRate: 1 }), loss: "meanSquaredError" });
  const targets = Float32Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? -(n * n) / 2 : 0));
  for (let batch = 0; batch <= batches; batch++) {
    model.setWeights([ndarray(new Float32Array(size * n), [size, n])]);
    await model.trainOnBatch(images, ndarray(targets, [n, n]));
  }
  const kernel = model.getWeights()[0]?.data ?? new Float32Array();
  return Array.from({ length: n }, (_, i) =>
    Float32Array.from({ length: size }, (__, j) => 0 - (kernel[j * n + i] ?? 0)),
  );
}
