/** From the settings of the page to a model that can be trained. */
import { layers, losses, optimizers, Sequential } from "lanewise/lean";
import type { OptimizerName, Settings } from "../train/settings.js";
import { CLASSES, PIXELS } from "./parts.js";

const makers: Readonly<Record<OptimizerName, (learningRate: number) => ReturnType<typeof optimizers.adam>>> = {
  adam: (learningRate) => optimizers.adam({ learningRate }),
  adamw: (learningRate) => optimizers.adamw({ learningRate }),
  nadam: (learningRate) => optimizers.nadam({ learningRate }),
  rmsprop: (learningRate) => optimizers.rmsprop({ learningRate }),
  lion: (learningRate) => optimizers.lion({ learningRate }),
  sgd: (learningRate) => optimizers.sgd({ learningRate }),
  momentum: (learningRate) => optimizers.sgd({ learningRate, momentum: 0.9, nesterov: true }),
};

export function buildModel({ activation, widths, dropout, optimizer, learningRate, seed }: Settings): Sequential {
  const model = new Sequential([], { seed });
  const rest = { activation, kernelInitializer: initializerFor(activation) };
  widths.forEach((units, index) => {
    model.add(layers.dense({ units, ...rest, ...(index === 0 && { inputShape: [PIXELS] }) }));
    // What dropout takes away must leave SELU's mean and variance as they are
    if (dropout > 0)
      model.add(activation === "selu" ? layers.alphaDropout({ rate: dropout }) : layers.dropout({ rate: dropout }));
  });
  model.add(
    layers.dense({ units: CLASSES, activation: "softmax", ...(widths.length === 0 && { inputShape: [PIXELS] }) }),
  );
  model.compile({
    optimizer: makers[optimizer](learningRate),
    loss: losses.categoricalCrossentropy(),
    metrics: ["accuracy"],
  });
  return model;
}

/** The first weights that keep signals at their size through such layers (LeCun, He, Glorot). */
function initializerFor(activation: Settings["activation"]): string {
  if (activation === "selu") return "lecunNormal";
  return activation === "tanh" || activation === "sigmoid" ? "glorotUniform" : "heNormal";
}
