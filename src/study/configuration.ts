/** One network and the way it is trained: what a study compares. */
import { defaultInitializer, defaultRate } from "./defaults.js";

export const SCHEDULES = ["constant", "cosine", "oneCycle"] as const;
export const NORMALIZATIONS = ["none", "batch", "layer"] as const;
export const AUGMENTATIONS = ["none", "affine", "elastic", "both"] as const;

/** Everything that the weights depend on, but for data, epochs and seed. */
export interface Configuration {
  /** Widths of the hidden layers. */
  readonly layers: readonly number[];
  readonly activation: string;
  readonly initializer: string;
  readonly normalization: (typeof NORMALIZATIONS)[number];
  readonly dropout: number;
  readonly augmentation: (typeof AUGMENTATIONS)[number];
  readonly optimizer: string;
  /** The highest, for a schedule. */
  readonly learningRate: number;
  readonly schedule: (typeof SCHEDULES)[number];
  /** The share of each weight that a step takes off, times the learning rate. */
  readonly weightDecay: number;
  /** The share of each target that is spread over all classes alike. */
  readonly labelSmoothing: number;
  /** The momentum of the weights' moving average, which is what is measured; 0 for none. */
  readonly averaging: number;
  readonly batchSize: number;
}

/** A configuration with every name given; what is left out of it is the default. */
export function completeConfiguration(given: Partial<Configuration>): Configuration {
  const { activation = "relu", optimizer = "adam" } = given;
  return {
    layers: [256, 128],
    activation,
    initializer: defaultInitializer(activation),
    normalization: "none",
    dropout: 0,
    augmentation: "none",
    optimizer,
    learningRate: defaultRate(optimizer),
    schedule: "constant",
    weightDecay: 0,
    labelSmoothing: 0,
    averaging: 0,
    batchSize: 64,
    ...given,
  };
}

/** The same text for the same configuration, whatever the order of its names. */
export function keyOf(configuration: Configuration): string {
  return JSON.stringify(Object.entries(configuration).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** How deep and how wide it is: `3 x 128`, or `256-128` for layers that differ. */
export function describeLayers(layers: readonly number[]): string {
  const [width] = layers;
  if (width === undefined) return "no hidden layer";
  return layers.every((other) => other === width) ? `${layers.length} x ${width}` : layers.join("-");
}

/** What tells it from others of a study: activation, layers, and each setting that is not the same for all. */
export function describeConfiguration(configuration: Configuration, varying: readonly (keyof Configuration)[]): string {
  const { activation, layers } = configuration;
  const others = varying
    .filter((name) => name !== "activation" && name !== "layers")
    .filter((name) => name !== "initializer" || configuration.initializer !== defaultInitializer(activation))
    .map((name) => `${LABELS[name]} ${configuration[name]}`);
  return [activation, describeLayers(layers), ...others].join(", ");
}

/** The settings in which some configurations differ. */
export function varyingSettings(configurations: readonly Configuration[]): (keyof Configuration)[] {
  const [first] = configurations;
  if (!first) return [];
  const text = (one: Configuration, name: keyof Configuration) => JSON.stringify(one[name]);
  return (Object.keys(LABELS) as (keyof Configuration)[]).filter((name) =>
    configurations.some((one) => text(one, name) !== text(first, name)),
  );
}

/** Settings as words. */
export const LABELS: Readonly<Record<keyof Configuration, string>> = {
  activation: "activation",
  layers: "layers",
  initializer: "initializer",
  normalization: "normalization",
  dropout: "dropout",
  augmentation: "augmentation",
  optimizer: "optimizer",
  learningRate: "learning rate",
  schedule: "schedule",
  weightDecay: "weight decay",
  labelSmoothing: "label smoothing",
  averaging: "averaging",
  batchSize: "batch",
};
