/** What this page's models can be made of, by name. Everything else stays out of the download. */
import { activations, initializers, layers, losses, metrics, optimizers, register, regularizers } from "lanewise/lean";

export function registerMembers(): void {
  register({
    layers: {
      dense: layers.dense,
      dropout: layers.dropout,
      alphaDropout: layers.alphaDropout,
      flatten: layers.flatten,
      activation: layers.activation,
      inputLayer: layers.inputLayer,
    },
    activations: {
      linear: activations.linear,
      relu: activations.relu,
      leakyRelu: activations.leakyRelu,
      elu: activations.elu,
      selu: activations.selu,
      gelu: activations.gelu,
      silu: activations.silu,
      mish: activations.mish,
      tanh: activations.tanh,
      sigmoid: activations.sigmoid,
      softmax: activations.softmax,
    },
    optimizers: {
      adam: optimizers.adam,
      adamw: optimizers.adamw,
      nadam: optimizers.nadam,
      rmsprop: optimizers.rmsprop,
      lion: optimizers.lion,
      sgd: optimizers.sgd,
    },
    initializers: {
      zeros: initializers.zeros,
      glorotUniform: initializers.glorotUniform,
      heNormal: initializers.heNormal,
      lecunNormal: initializers.lecunNormal,
    },
    regularizers: { l1: regularizers.l1, l2: regularizers.l2, l1l2: regularizers.l1l2 },
    losses: { categoricalCrossentropy: losses.categoricalCrossentropy },
    metrics: { categoricalAccuracy: metrics.categoricalAccuracy },
  });
}
