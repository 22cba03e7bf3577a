/** Models to save, and artifacts to spoil. */
import { layers, type NDArray, ndarray, Sequential } from "../../src/index.js";

/** A model with each kind of layer. */
export function everyLayer(): Sequential {
  return new Sequential(
    [
      layers.rescaling({ scale: 1 / 255, offset: -0.5, inputShape: [3, 4] }),
      layers.flatten({}),
      layers.dense({ units: 6, activation: "selu", kernelInitializer: "lecunNormal" }),
      layers.alphaDropout({ rate: 0.1 }),
      layers.dense({ units: 5, useBias: false, kernelInitializer: "heUniform" }),
      layers.activation({ activation: "tanh", name: "squash" }),
      layers.dropout({ rate: 0.25 }),
      layers.dense({ units: 4, activation: "softmax", biasInitializer: "ones" }),
    ],
    { name: "every_layer", seed: 3 },
  );
}

export function small(): Sequential {
  return new Sequential(
    [
      layers.dense({ units: 3, activation: "relu", inputShape: [2] }),
      layers.dense({ units: 2, activation: "softmax" }),
    ],
    { seed: 5 },
  );
}

/** Numbers in ±scale that look random and are always the same. */
export function values(shape: readonly number[], scale = 1): NDArray<Float32Array> {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  return ndarray(
    Float32Array.from({ length: size }, (_, i) => scale * Math.sin(1 + i * 12.9898)),
    shape,
  );
}
