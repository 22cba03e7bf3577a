/** Settings of every optimizer that lead through all of its branches. */
import { optimizers } from "../../src/index.js";

export type OptimizerName = keyof typeof optimizers;
export type AnyOptions = Readonly<Record<string, number | boolean>>;

const settings: Readonly<Record<OptimizerName, readonly AnyOptions[]>> = {
  adadelta: [{ learningRate: 1 }, { learningRate: 0.5, rho: 0.8, epsilon: 1e-4 }],
  adagrad: [{ learningRate: 0.1 }, { learningRate: 0.1, initialAccumulatorValue: 0, epsilon: 1e-3 }],
  adam: [
    { learningRate: 0.02 },
    { learningRate: 0.01, beta1: 0.8, beta2: 0.95, epsilon: 1e-3 },
    { learningRate: 0.02, beta2: 0.6, amsgrad: true },
  ],
  adamax: [{ learningRate: 0.02 }, { learningRate: 0.02, beta1: 0.5, beta2: 0.9, epsilon: 1e-2 }],
  adamw: [
    { learningRate: 0.02, weightDecay: 0.004 },
    { learningRate: 0.02, weightDecay: 0.1, amsgrad: true },
  ],
  ftrl: [
    { learningRate: 0.1 },
    { learningRate: 0.2, l1RegularizationStrength: 0.1, l2RegularizationStrength: 0.2, beta: 0.3 },
    { learningRate: 0.2, learningRatePower: -0.7, l2ShrinkageRegularizationStrength: 0.05 },
    { learningRate: 0.1, learningRatePower: 0, initialAccumulatorValue: 0 },
  ],
  lamb: [{ learningRate: 0.02 }, { learningRate: 0.02, beta1: 0.8, beta2: 0.95, epsilon: 1e-3 }],
  lion: [{ learningRate: 0.002 }, { learningRate: 0.002, beta1: 0.5, beta2: 0.8 }],
  nadam: [{ learningRate: 0.02 }, { learningRate: 0.02, beta1: 0.8, beta2: 0.95, epsilon: 1e-3 }],
  rmsprop: [
    { learningRate: 0.01 },
    { learningRate: 0.01, rho: 0.8, momentum: 0.5, epsilon: 1e-3 },
    { learningRate: 0.01, centered: true, epsilon: 1e-3 },
    { learningRate: 0.01, centered: true, momentum: 0.5, epsilon: 1e-3 },
  ],
  sgd: [
    { learningRate: 0.05 },
    { learningRate: 0.05, momentum: 0.9 },
    { learningRate: 0.05, momentum: 0.7, nesterov: true },
  ],
};

/** Every optimizer with each of its settings. */
export const cases = Object.entries(settings).flatMap(([name, list]) =>
  list.map((options) => ({ name: name as OptimizerName, options })),
);

/** Every optimizer with the first of its settings. */
export const plainCases = cases.filter(({ name }, index) => cases[index - 1]?.name !== name);

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
