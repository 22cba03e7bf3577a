/** The optimizers over whole weights, and their rates as a loop gives them. */
import type { optimizers } from "../../src/index.js";
import * as reference from "../reference.js";

/** Changes a weight in place; `state` holds as many arrays of its length as `slots` says. */
export interface NaiveOptimizer {
  readonly slots: number;
  /** What they are at the start. Default: 0. */
  readonly slotStarts?: readonly number[];
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

type Settings = Readonly<Record<string, number | boolean>>;
type State = readonly [Float32Array, Float32Array, Float32Array];

/** Every optimizer by its name, with the options of the library's. */
export const naiveOptimizers: Record<keyof typeof optimizers, (options: Settings) => NaiveOptimizer> = {
  sgd: ({ learningRate, momentum = 0, nesterov = false }) =>
    naiveSgd(Number(learningRate), Number(momentum), Boolean(nesterov)),
  adam({ amsgrad, ...options }) {
    const { rate, beta1, beta2, epsilon, correction } = moments(options);
    if (!amsgrad) return naiveAdam(rate, beta1, beta2, epsilon);
    return naive([0, 0, 0], (w, [m, v, peak], g, t) => {
      const mRate = (rate * correction(t)) / (1 - power(beta1, t));
      reference.momentsUpdate(w, m, v, peak, g, 1, mRate, 0, 1 - beta1, 1 - beta2, epsilon);
    });
  },
  adamw({ weightDecay = 0.004, ...options }) {
    const { slots, update } = naiveOptimizers.adam(options);
    return {
      slots,
      update(weight, ...rest) {
        reference.sgdUpdate(weight, weight.slice(), Number(weightDecay) * Number(options.learningRate));
        update(weight, ...rest);
      },
    };
  },
  adamax(options) {
    const { rate, beta1, beta2, epsilon } = moments(options);
    return naive([0, 0], (w, [m, u], g, t) => {
      reference.adamaxUpdate(w, m, u, g, rate / (1 - power(beta1, t)), 1 - beta1, beta2, epsilon);
    });
  },
  nadam(options) {
    const { rate, beta1, beta2, epsilon, correction } = moments(options);
    const u = (t: number) => beta1 * (1 - 0.5 * power(0.96, t));
    return naive([0, 0], (w, [m, v], g, t) => {
      const product = Array.from({ length: t }, (_, i) => u(i + 1)).reduce((all, one) => all * one, 1);
      const mRate = (rate * correction(t) * u(t + 1)) / (1 - product * u(t + 1));
      const gRate = (rate * correction(t) * (1 - u(t))) / (1 - product);
      const eps = epsilon * correction(t);
      reference.momentsUpdate(w, m, v, new Float32Array(g.length), g, 1, mRate, gRate, 1 - beta1, 1 - beta2, eps);
    });
  },
  lamb(options) {
    const { rate, beta1, beta2, epsilon, correction } = moments(options);
    const norm = (x: Float32Array) => Math.sqrt(reference.sumOfSquares(x));
    return naive([0, 0], (w, [m, v], g, t) => {
      const step = new Float32Array(g.length);
      const mRate = correction(t) / (1 - power(beta1, t));
      const eps = epsilon * correction(t);
      reference.momentsUpdate(step, m, v, new Float32Array(g.length), g, 0, mRate, 0, 1 - beta1, 1 - beta2, eps);
      const ratio = norm(w) > 0 && norm(step) > 0 ? norm(w) / norm(step) : 1;
      reference.sgdUpdate(w, step, -rate * ratio);
    });
  },
  rmsprop({ learningRate, rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false }) {
    const parameters = [learningRate, rho, 1 - Number(rho), momentum, epsilon].map(Number);
    return naive([0, 0, 0], (w, [v, mean, velocity], g) => {
      reference.rmspropUpdate(w, v, centered ? mean : undefined, momentum ? velocity : undefined, g, ...parameters);
    });
  },
  adagrad: ({ learningRate, initialAccumulatorValue = 0.1, epsilon = 1e-7 }) =>
    naive([Number(initialAccumulatorValue)], (w, [sum], g) => {
      reference.adagradUpdate(w, sum, g, Number(learningRate), Number(epsilon));
    }),
  adadelta({ learningRate, rho = 0.95, epsilon = 1e-7 }) {
    const parameters = [learningRate, rho, 1 - Number(rho), epsilon].map(Number);
    return naive([0, 0], (w, [v, u], g) => {
      reference.adadeltaUpdate(w, v, u, g, ...parameters);
    });
  },
  lion({ learningRate, beta1 = 0.9, beta2 = 0.99 }) {
    const parameters = [learningRate, beta1, 1 - Number(beta1), beta2, 1 - Number(beta2)].map(Number);
    return naive([0], (w, [m], g) => {
      reference.lionUpdate(w, m, g, ...parameters);
    });
  },
  ftrl({ learningRatePower = -0.5, initialAccumulatorValue = 0.1, beta = 0, ...options }) {
    const rate = Number(options.learningRate);
    const l1 = Number(options.l1RegularizationStrength ?? 0);
    const l2 = 2 * Number(options.l2RegularizationStrength ?? 0) + Number(beta) / rate;
    const shrinkage = 2 * Number(options.l2ShrinkageRegularizationStrength ?? 0);
    return naive([Number(initialAccumulatorValue), 0], (w, [sum, linear], g) => {
      reference.ftrlUpdate(w, sum, linear, g, rate, -learningRatePower, l1, l2, shrinkage);
    });
  },
};

function naive(
  slotStarts: readonly number[],
  update: (w: Float32Array, state: State, g: Float32Array, t: number) => void,
): NaiveOptimizer {
  return {
    slots: slotStarts.length,
    slotStarts,
    update(weight, state, gradient, iteration) {
      update(weight, state as State, gradient, iteration);
    },
  };
}

function moments({ learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: Settings) {
  return {
    rate: Number(learningRate),
    beta1: Number(beta1),
    beta2: Number(beta2),
    epsilon: Number(epsilon),
    correction: (t: number) => Math.sqrt(1 - power(Number(beta2), t)),
  };
}

function power(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result *= base;
  return result;
}
