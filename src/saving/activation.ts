/** Activations to a file and back, under the names of Keras or TensorFlow.js. */
import type { Activation } from "../activations/activation.js";
import { toCamelCase } from "../lookup.js";
import { findRegistered } from "../registry.js";
import { asObject, asText, blameFile, type JsonObject } from "./checks.js";

/** A layer's config with the names that TensorFlow.js has for what Keras calls otherwise. */
export function forTensorFlow(className: string, config: JsonObject): JsonObject {
  if (className === "LeakyReLU") return { ...config, alpha: config.negative_slope };
  return config.activation === undefined ? config : { ...config, activation: nameActivation(config.activation) };
}

function nameActivation(activation: unknown): unknown {
  if (typeof activation === "string") return activation === "silu" ? "swish" : activation;
  const { class_name: className, config } = activation as { readonly class_name: string; readonly config: JsonObject };
  if (className === "gelu" && config.approximate) return "gelu_new";
  return { class_name: className, config: forTensorFlow(className, config) };
}

/** From `"leaky_relu"` or `{ class_name, config }` to the activation. A name that is not known is left to the layer. */
export function readActivation(source: unknown, where: string): Activation | string {
  if (typeof source === "string") return source;
  const { class_name: name, config } = asObject(source, where);
  const className = asText(name, `${where}.class_name`);
  const make = findRegistered<(options: never) => Activation>("activations", className);
  if (!make) return className;
  const { alpha, ...settings } = asObject(config ?? {}, `${where}.config`);
  // TensorFlow.js says alpha where Keras says negative_slope
  const slope = /^leaky_?relu$/i.test(className) ? { negative_slope: alpha ?? 0.3 } : alpha !== undefined && { alpha };
  const options = Object.entries({ ...slope, ...settings })
    .filter(([key, value]) => value !== null && !["name", "trainable", "dtype"].includes(key))
    .map(([key, value]) => [toCamelCase(key), value]);
  return blameFile(where, () => make(Object.fromEntries(options) as never));
}
