/** A model of the library and a naive one, made alike. */
import { ndarray } from "../../src/arrays.js";
import { type Layer, layers, type Optimizer, Sequential } from "../../src/index.js";
import type { NaiveLayer } from "./naive-layers.js";
import { NaiveNetwork } from "./naive-network.js";
import type { NaiveOptimizer } from "./naive-optimizers.js";
import { expectSameWeights } from "./weights.js";

const losses = { linear: "meanSquaredError", sigmoid: "binaryCrossentropy", softmax: "categoricalCrossentropy" };

/** The loss goes with the last layer's activation. */
export function makeTwins(
  stack: readonly NaiveLayer[],
  width: number,
  optimizer: Optimizer,
  naiveOptimizer: NaiveOptimizer,
): [Sequential, NaiveNetwork] {
  const model = new Sequential(
    stack.map((layer, index) => toLayer(layer, index === 0 ? { inputShape: [width] } : {})),
    { seed: 5 },
  );
  const last = stack.at(-1) as Exclude<NaiveLayer, { dropped: string }>;
  model.compile({ optimizer, loss: losses[last.activation as keyof typeof losses] });
  return [model, new NaiveNetwork(stack, model.getWeights(), naiveOptimizer)];
}

function toLayer(layer: NaiveLayer, input: { readonly inputShape?: readonly number[] }): Layer {
  return "dropped" in layer
    ? layers[layer.dropped]({ rate: layer.rate, ...input })
    : layers.dense({ ...layer, ...input });
}

/** The same weights, to the bit. */
export function expectTwins(model: Sequential, naive: NaiveNetwork): void {
  const weights = model.getWeights();
  expectSameWeights(
    weights,
    weights.map(({ shape }, i) => ndarray(naive.weights[i] as Float32Array, shape)),
  );
}
