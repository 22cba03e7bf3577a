/** The optimizers over whole weights, and their rates as a loop gives them. */
import * as reference from "../reference.js";

/** Changes a weight in place; `state` holds as many arrays of its length as `slots` says, zero at the start. */
export interface NaiveOptimizer {
  readonly slots: number;
  update(weight: Float32Array, state: readonly Float32Array[], gradient: Float32Array, iteration: number): void;
}

export const naiveSgd = (learningRate: number, momentum = 0, nesterov = false): NaiveOptimizer => ({
  slots: momentum > 0 ? 1 : 0,
  update(weight, [velocity], gradient) {
    if (velocity) reference.sgdMomentumUpdate(weight, velocity, gradient, learningRate, momentum, nesterov);
    else reference.sgdUpdate(weight, gradient, learningRate);
  },
});

export const naiveAdam = (learningRate: number, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7): NaiveOptimizer => ({
  slots: 2,
  update(weight, state, gradient, iteration) {
    const [m, v] = state as readonly [Float32Array, Float32Array];
    const rate = (learningRate * Math.sqrt(1 - power(beta2, iteration))) / (1 - power(beta1, iteration));
    reference.adamUpdate(weight, m, v, gradient, rate, 1 - beta1, 1 - beta2, epsilon);
  },
});

function power(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result *= base;
  return result;
}
