/** Keras's optimizers in double precision, over plain arrays: the formulas as they stand in the papers and in Keras. */
import type { optimizers } from "../../src/index.js";

type Settings = Readonly<Record<string, number | boolean | undefined>>;

interface ExactRule {
  /** What each slot is at the start. */
  readonly starts: readonly number[];
  /** Changes w and the slots in place; t counts updates from 1. */
  update(w: number[], slots: readonly number[][], g: readonly number[], t: number, learningRate: number): void;
}

export interface ExactOptions extends Settings {
  readonly learningRate: number;
}

/** Applies a rule to several weights, with what all optimizers do around it. */
export class ExactOptimizer {
  readonly #rule: ExactRule;
  readonly #options: ExactOptions;
  readonly #slots: number[][][] = [];
  readonly #sums: number[][] = [];
  readonly #averages: number[][] = [];
  #steps = 0;

  constructor(name: keyof typeof optimizers, options: ExactOptions) {
    this.#rule = exactRules[name](options);
    this.#options = options;
  }

  /** Changes the weights in place. */
  apply(gradients: readonly (readonly number[])[], weights: readonly number[][]): void {
    const { weightDecay = 0, useEma, gradientAccumulationSteps, learningRate } = this.#options;
    const accumulated = Number(gradientAccumulationSteps ?? 1);
    const t = Math.floor(this.#steps / accumulated) + 1;
    weights.forEach((w, i) => {
      this.#slots[i] ??= this.#rule.starts.map((start) => w.map(() => start));
      this.#averages[i] ??= w.map(() => 0);
      this.#sums[i] ??= w.map(() => 0);
      this.#sums[i] = this.#sums[i].map((sum, j) => sum + at(gradients[i], j));
    });
    this.#steps++;
    if (this.#steps % accumulated === 0) {
      const means = this.#sums.map((sum) => sum.map((value) => value / accumulated));
      const clipped = this.#clip(means);
      weights.forEach((w, i) => {
        w.forEach((value, j) => {
          w[j] = value - value * Number(weightDecay) * learningRate;
        });
        this.#rule.update(w, this.#slots[i] ?? [], clipped[i] ?? [], t, learningRate);
      });
      this.#sums.length = 0;
    }
    if (useEma) this.#average(weights, t);
  }

  #clip(gradients: readonly number[][]): readonly number[][] {
    const { clipnorm, globalClipnorm, clipvalue } = this.#options;
    const norm = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
    const all = norm(gradients.flat());
    return gradients.map((gradient) => {
      if (clipvalue) return gradient.map((g) => Math.min(Math.max(g, -Number(clipvalue)), Number(clipvalue)));
      if (clipnorm) return gradient.map((g) => (g * Number(clipnorm)) / Math.max(norm(gradient), Number(clipnorm)));
      if (globalClipnorm)
        return gradient.map((g) => g * Number(globalClipnorm) * Math.min(1 / all, 1 / Number(globalClipnorm)));
      return gradient;
    });
  }

  #average(weights: readonly number[][], t: number): void {
    const { emaMomentum = 0.99, emaOverwriteFrequency } = this.#options;
    const momentum = t === 1 ? 0 : Number(emaMomentum);
    weights.forEach((w, i) => {
      const average = this.#averages[i] as number[];
      w.forEach((value, j) => {
        average[j] = momentum * at(average, j) + (1 - momentum) * value;
        if (emaOverwriteFrequency && t % Number(emaOverwriteFrequency) === 0) w[j] = at(average, j);
      });
    });
  }
}

/** Element by element: the new values of the slots, and the step that is subtracted from w. */
type Elementwise = (
  g: number,
  slots: readonly number[],
  w: number,
  t: number,
  learningRate: number,
) => {
  readonly slots: readonly number[];
  readonly step: number;
};

function elementwise(starts: readonly number[], rule: Elementwise): ExactRule {
  return {
    starts,
    update(w, slots, gradient, t, learningRate) {
      gradient.forEach((g, j) => {
        const after = rule(
          g,
          slots.map((slot) => at(slot, j)),
          at(w, j),
          t,
          learningRate,
        );
        after.slots.forEach((value, s) => {
          (slots[s] as number[])[j] = value;
        });
        w[j] = at(w, j) - after.step;
      });
    },
  };
}

/** The options with their defaults, as numbers. */
function read<Name extends string>(options: Settings, defaults: Readonly<Record<Name, number>>): Record<Name, number> {
  const names = Object.keys(defaults) as Name[];
  return Object.fromEntries(names.map((name) => [name, Number(options[name] ?? defaults[name])])) as Record<
    Name,
    number
  >;
}

/** m and v of Adam and its relatives. */
function moments(options: Settings) {
  const settings = read(options, { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
  const { beta1, beta2 } = settings;
  const next = (g: number, m: number, v: number) =>
    [beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g] as const;
  return { ...settings, next };
}

const exactRules: Record<keyof typeof optimizers, (options: Settings) => ExactRule> = {
  sgd(options) {
    const { momentum, nesterov } = read(options, { momentum: 0, nesterov: 0 });
    return elementwise([0], (g, [v = 0], _, __, rate) => {
      const velocity = momentum * v - rate * g;
      return { slots: [velocity], step: nesterov ? -(momentum * velocity - rate * g) : -velocity };
    });
  },
  adam(options) {
    const { beta1, beta2, epsilon, next } = moments(options);
    return elementwise([0, 0, 0], (g, [oldM = 0, oldV = 0, peak = 0], _, t, rate) => {
      const [m, v] = next(g, oldM, oldV);
      const highest = Math.max(peak, v);
      const alpha = (rate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
      return { slots: [m, v, highest], step: (alpha * m) / (Math.sqrt(options.amsgrad ? highest : v) + epsilon) };
    });
  },
  adamw: (options) => exactRules.adam(options),
  adamax(options) {
    const { beta1, beta2, epsilon } = moments(options);
    return elementwise([0, 0], (g, [oldM = 0, oldU = 0], _, t, rate) => {
      const m = beta1 * oldM + (1 - beta1) * g;
      const u = Math.max(beta2 * oldU, Math.abs(g));
      return { slots: [m, u], step: (rate * m) / ((1 - beta1 ** t) * (u + epsilon)) };
    });
  },
  nadam(options) {
    const { beta1, beta2, epsilon, next } = moments(options);
    const u = (t: number) => beta1 * (1 - 0.5 * 0.96 ** t);
    const product = (t: number) => Array.from({ length: t }, (_, i) => u(i + 1)).reduce((all, one) => all * one, 1);
    return elementwise([0, 0], (g, [oldM = 0, oldV = 0], _, t, rate) => {
      const [m, v] = next(g, oldM, oldV);
      const mean = (u(t + 1) * m) / (1 - product(t + 1)) + ((1 - u(t)) * g) / (1 - product(t));
      return { slots: [m, v], step: (rate * mean) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon) };
    });
  },
  lamb(options) {
    const { beta1, beta2, epsilon, next } = moments(options);
    const norm = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
    return {
      starts: [0, 0],
      update(w, [m = [], v = []], gradient, t, rate) {
        const steps = gradient.map((g, j) => {
          [m[j], v[j]] = next(g, at(m, j), at(v, j));
          return at(m, j) / (1 - beta1 ** t) / (Math.sqrt(at(v, j) / (1 - beta2 ** t)) + epsilon);
        });
        const ratio = norm(w) > 0 && norm(steps) > 0 ? norm(w) / norm(steps) : 1;
        steps.forEach((step, j) => {
          w[j] = at(w, j) - rate * ratio * step;
        });
      },
    };
  },
  rmsprop(options) {
    const { rho, momentum, epsilon, centered } = read(options, { rho: 0.9, momentum: 0, epsilon: 1e-7, centered: 0 });
    return elementwise([0, 0, 0], (g, [oldV = 0, oldMean = 0, oldVelocity = 0], _, __, rate) => {
      const v = rho * oldV + (1 - rho) * g * g;
      const mean = rho * oldMean + (1 - rho) * g;
      const velocity = momentum * oldVelocity + (rate * g) / Math.sqrt(v - centered * mean ** 2 + epsilon);
      return { slots: [v, mean, velocity], step: velocity };
    });
  },
  adagrad(options) {
    const { initialAccumulatorValue, epsilon } = read(options, { initialAccumulatorValue: 0.1, epsilon: 1e-7 });
    return elementwise([initialAccumulatorValue], (g, [sum = 0], _, __, rate) => ({
      slots: [sum + g * g],
      step: (rate * g) / Math.sqrt(sum + g * g + epsilon),
    }));
  },
  adadelta(options) {
    const { rho, epsilon } = read(options, { rho: 0.95, epsilon: 1e-7 });
    return elementwise([0, 0], (g, [oldV = 0, oldU = 0], _, __, rate) => {
      const v = rho * oldV + (1 - rho) * g * g;
      const step = (Math.sqrt(oldU + epsilon) / Math.sqrt(v + epsilon)) * g;
      return { slots: [v, rho * oldU + (1 - rho) * step * step], step: rate * step };
    });
  },
  lion(options) {
    const { beta1, beta2 } = read(options, { beta1: 0.9, beta2: 0.99 });
    return elementwise([0], (g, [m = 0], _, __, rate) => ({
      slots: [beta2 * m + (1 - beta2) * g],
      step: rate * Math.sign(beta1 * m + (1 - beta1) * g),
    }));
  },
  ftrl(options) {
    const { learningRatePower, initialAccumulatorValue, beta, l1, l2, shrinkage } = {
      ...read(options, { learningRatePower: -0.5, initialAccumulatorValue: 0.1, beta: 0 }),
      l1: Number(options.l1RegularizationStrength ?? 0),
      l2: Number(options.l2RegularizationStrength ?? 0),
      shrinkage: Number(options.l2ShrinkageRegularizationStrength ?? 0),
    };
    return elementwise([initialAccumulatorValue, 0], (g, [oldSum = 0, oldLinear = 0], w, _, rate) => {
      const sum = oldSum + g * g;
      const sigma = (sum ** -learningRatePower - oldSum ** -learningRatePower) / rate;
      const linear = oldLinear + g + 2 * shrinkage * w - sigma * w;
      const quadratic = sum ** -learningRatePower / rate + 2 * (l2 + beta / (2 * rate));
      return { slots: [sum, linear], step: w - (Math.min(Math.max(linear, -l1), l1) - linear) / quadratic };
    });
  },
};

function at(values: readonly number[] | undefined, index: number): number {
  return values?.[index] as number;
}
