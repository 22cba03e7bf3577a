/** Losses to a file and back. */
import { toCamelCase, toSnakeCase } from "../lookup.js";
import type { Loss } from "../losses/loss.js";
import { findRegistered } from "../registry.js";
import type { SavedMember } from "./artifacts.js";
import { asObject, blameFile, type JsonObject } from "./checks.js";

/** What TensorFlow.js calls otherwise. */
const tensorFlowNames: Readonly<Record<string, string>> = {
  cosineSimilarity: "cosine_proximity",
  logCosh: "logcosh",
};

/** All that TensorFlow.js has. */
const knownToTensorFlow: readonly string[] = [
  "binary_crossentropy",
  "categorical_crossentropy",
  "categorical_hinge",
  "cosine_proximity",
  "hinge",
  "kullback_leibler_divergence",
  "logcosh",
  "mean_absolute_error",
  "mean_absolute_percentage_error",
  "mean_squared_error",
  "mean_squared_logarithmic_error",
  "poisson",
  "sparse_categorical_crossentropy",
  "squared_hinge",
];

export function isInTensorFlow(loss: string | SavedMember): loss is string {
  return typeof loss === "string" && knownToTensorFlow.includes(loss);
}

/** The name alone where no setting differs from the default: that is what TensorFlow.js may know. */
export function describeLoss({ name, className = name, config }: Loss): string | SavedMember {
  const isDefault = JSON.stringify(config) === JSON.stringify(find(name)?.({} as never).config);
  return isDefault ? (tensorFlowNames[name] ?? toSnakeCase(name)) : { class_name: className, config: { ...config } };
}

/**
 * Undefined for one that is not known here. (TensorFlow.js also has them by the name of the output, which a Sequential model
 * does not need.)
 */
export function readLoss(source: unknown, where: string): Loss | undefined {
  if (typeof source === "string") return find(source)?.({} as never);
  const { class_name: className, config } = (source ?? {}) as JsonObject;
  if (typeof className !== "string") return undefined;
  const make = find(className);
  const options = Object.entries(asObject(config ?? {}, `${where}.config`))
    .filter(([key]) => key !== "name" && key !== "dtype")
    .map(([key, value]) => [toCamelCase(key), value]);
  return make && blameFile(where, () => make(Object.fromEntries(options) as never));
}

function find(name: string): ((options: never) => Loss) | undefined {
  return findRegistered("losses", name);
}
