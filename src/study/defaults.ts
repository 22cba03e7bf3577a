/** What suits what: names that a hidden layer can have, and what they bring along. */
import { activations, initializers, optimizers } from "../index.js";

export const hiddenActivations = Object.keys(activations).filter((name) => name !== "softmax");
export const initializerNames = Object.keys(initializers);
export const optimizerNames = Object.keys(optimizers);

/** The initializer that keeps the variance of values from layer to layer. */
export function defaultInitializer(activation: string): string {
  if (activation === "selu") return "lecunNormal";
  return activation === "relu" || activation === "elu" ? "heNormal" : "glorotUniform";
}

/** The optimizer's own. */
export function defaultRate(optimizer: string): number {
  return optimizers[optimizer as keyof typeof optimizers]().learningRate;
}
