/** What a training run can be told. */

export const ACTIVATIONS = ["relu", "leakyRelu", "elu", "selu", "gelu", "silu", "mish", "tanh", "sigmoid"] as const;
export const OPTIMIZERS = ["adam", "adamw", "nadam", "rmsprop", "lion", "sgd", "momentum"] as const;
export type OptimizerName = (typeof OPTIMIZERS)[number];

export interface Settings {
  readonly activation: (typeof ACTIVATIONS)[number];
  /** Of the hidden layers. */
  readonly widths: readonly number[];
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly batchSize: number;
  /** The share of values that are dropped behind each hidden layer. */
  readonly dropout: number;
  readonly epochs: number;
  readonly seed: number;
}

/** Learning rates that suit a network of this size. */
export const LEARNING_RATES: Readonly<Record<OptimizerName, number>> = {
  adam: 0.001,
  adamw: 0.001,
  nadam: 0.001,
  rmsprop: 0.001,
  lion: 0.0003,
  sgd: 0.1,
  momentum: 0.02,
};

/** `128 · 64 relu` */
export function describeLayers({ widths, activation }: Settings): string {
  return widths.length === 0 ? "none" : `${widths.join(" · ")} ${activation}`;
}
