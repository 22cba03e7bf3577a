/** Settings of every optimizer that lead through all of its branches. */
import { optimizers } from "../../src/index.js";

export type OptimizerName = keyof typeof optimizers;
export type AnyOptions = Readonly<Record<string, number | boolean>>;

const settings: Readonly<Record<OptimizerName, readonly AnyOptions[]>> = {
  sgd: [
    { learningRate: 0.05 },
    { learningRate: 0.05, momentum: 0.9 },
    { learningRate: 0.05, momentum: 0.7, nesterov: true },
  ],
  adam: [{ learningRate: 0.02 }, { learningRate: 0.01, beta1: 0.8, beta2: 0.95, epsilon: 1e-3 }],
};

/** Every optimizer with each of its settings. */
export const cases = Object.entries(settings).flatMap(([name, list]) =>
  list.map((options) => ({ name: name as OptimizerName, options })),
);

/** What may be added to the settings of any of them. */
export const commonOptions: readonly AnyOptions[] = [
  { weightDecay: 0.01 },
  { clipnorm: 0.5 },
  { globalClipnorm: 0.5 },
  { clipvalue: 0.25 },
  { useEma: true, emaMomentum: 0.9, emaOverwriteFrequency: 7 },
  { gradientAccumulationSteps: 3 },
  { gradientAccumulationSteps: 2, useEma: true, emaOverwriteFrequency: 2, weightDecay: 0.02, clipnorm: 0.4 },
];

export function make(name: OptimizerName, options: AnyOptions) {
  return (optimizers[name] as (options: AnyOptions) => ReturnType<typeof optimizers.sgd>)(options);
}
