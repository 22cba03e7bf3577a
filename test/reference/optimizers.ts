/** The optimizers' updates, in place. */
import { add, divide, larger, multiply, orZero, round, smaller, squareRoot, subtract } from "./float.js";
import { precisePower } from "./precise-power.js";

/** w -= learningRate · g. */
export function sgdUpdate(w: Float32Array, g: Float32Array, learningRate: number): void {
  const rate = -round(learningRate);
  g.forEach((gradient, i) => {
    w[i] = add(w[i] as number, multiply(rate, gradient));
  });
}

/** v = momentum · v - learningRate · g; w += v, or with nesterov momentum · v - learningRate · g. */
export function sgdMomentumUpdate(
  w: Float32Array,
  v: Float32Array,
  g: Float32Array,
  learningRate: number,
  momentum: number,
  nesterov: boolean,
): void {
  const rate = -round(learningRate);
  const beta = round(momentum);
  g.forEach((gradient, i) => {
    const step = multiply(rate, gradient);
    const velocity = add(step, multiply(beta, v[i] as number));
    v[i] = velocity;
    w[i] = add(w[i] as number, nesterov ? add(step, multiply(beta, velocity)) : velocity);
  });
}

/** m += (g - m) · (1 - beta1); v += (g² - v) · (1 - beta2); w -= rate · m / (√v + epsilon). */
export function adamUpdate(
  w: Float32Array,
  m: Float32Array,
  v: Float32Array,
  g: Float32Array,
  rate: number,
  oneMinusBeta1: number,
  oneMinusBeta2: number,
  epsilon: number,
): void {
  const [alpha, b1, b2, eps] = [round(rate), round(oneMinusBeta1), round(oneMinusBeta2), round(epsilon)];
  g.forEach((gradient, i) => {
    const newM = orZero(moved(m[i] as number, gradient, b1));
    const newV = orZero(moved(v[i] as number, multiply(gradient, gradient), b2));
    m[i] = newM;
    v[i] = newV;
    w[i] = subtract(w[i] as number, divide(multiply(alpha, newM), add(squareRoot(newV), eps)));
  });
}

/** m and v as in adamUpdate; peak = max(peak, v); w = keep · w - (mRate · m + gRate · g) / (√peak + epsilon). */
export function momentsUpdate(
  w: Float32Array,
  m: Float32Array,
  v: Float32Array,
  peak: Float32Array,
  g: Float32Array,
  ...parameters: readonly number[]
): void {
  const [keep, mRate, gRate, b1, b2, epsilon] = rounded(parameters);
  g.forEach((gradient, i) => {
    const newM = orZero(moved(m[i] as number, gradient, b1));
    const newV = orZero(moved(v[i] as number, multiply(gradient, gradient), b2));
    const highest = Math.max(peak[i] as number, newV);
    m[i] = newM;
    v[i] = newV;
    peak[i] = highest;
    const numerator = add(multiply(mRate, newM), multiply(gRate, gradient));
    w[i] = subtract(multiply(keep, w[i] as number), divide(numerator, add(squareRoot(highest), epsilon)));
  });
}

/** m as in adamUpdate; u = max(beta2 · u, |g|); w -= rate · m / (u + epsilon). */
export function adamaxUpdate(
  w: Float32Array,
  m: Float32Array,
  u: Float32Array,
  g: Float32Array,
  ...parameters: readonly number[]
): void {
  const [rate, b1, beta2, epsilon] = rounded(parameters);
  g.forEach((gradient, i) => {
    const newM = orZero(moved(m[i] as number, gradient, b1));
    const newU = orZero(Math.max(multiply(beta2, u[i] as number), Math.abs(gradient)));
    m[i] = newM;
    u[i] = newU;
    w[i] = subtract(w[i] as number, divide(multiply(rate, newM), add(newU, epsilon)));
  });
}

/** v = rho · v + (1 - rho) · g²; mean alike of g; velocity = momentum · velocity + rate · g / √(v - mean² + epsilon). */
export function rmspropUpdate(
  w: Float32Array,
  v: Float32Array,
  mean: Float32Array | undefined,
  velocity: Float32Array | undefined,
  g: Float32Array,
  ...parameters: readonly number[]
): void {
  const [rate, rho, take, momentum, epsilon] = rounded(parameters);
  const mixed = (old: number, value: number) => orZero(add(multiply(take, value), multiply(rho, old)));
  g.forEach((gradient, i) => {
    let variance = mixed(v[i] as number, multiply(gradient, gradient));
    v[i] = variance;
    if (mean) {
      const newMean = mixed(mean[i] as number, gradient);
      mean[i] = newMean;
      variance = larger(subtract(variance, multiply(newMean, newMean)), 0);
    }
    let step = divide(multiply(rate, gradient), squareRoot(add(variance, epsilon)));
    if (velocity) {
      step = orZero(add(step, multiply(momentum, velocity[i] as number)));
      velocity[i] = step;
    }
    w[i] = subtract(w[i] as number, step);
  });
}

/** sum += g²; w -= rate · g / √(sum + epsilon). */
export function adagradUpdate(
  w: Float32Array,
  sum: Float32Array,
  g: Float32Array,
  ...parameters: readonly number[]
): void {
  const [rate, epsilon] = rounded(parameters);
  g.forEach((gradient, i) => {
    const newSum = add(sum[i] as number, multiply(gradient, gradient));
    sum[i] = newSum;
    w[i] = subtract(w[i] as number, divide(multiply(rate, gradient), squareRoot(add(newSum, epsilon))));
  });
}

/** v = rho · v + (1 - rho) · g²; step = √(u + epsilon) · g / √(v + epsilon); u as v, of the step; w -= rate · step. */
export function adadeltaUpdate(
  w: Float32Array,
  v: Float32Array,
  u: Float32Array,
  g: Float32Array,
  ...parameters: readonly number[]
): void {
  const [rate, rho, take, epsilon] = rounded(parameters);
  const mixed = (old: number, value: number) => orZero(add(multiply(take, multiply(value, value)), multiply(rho, old)));
  g.forEach((gradient, i) => {
    const newV = mixed(v[i] as number, gradient);
    const width = squareRoot(add(u[i] as number, epsilon));
    const step = divide(multiply(width, gradient), squareRoot(add(newV, epsilon)));
    v[i] = newV;
    u[i] = mixed(u[i] as number, step);
    w[i] = add(w[i] as number, multiply(-rate, step));
  });
}

/** w -= rate · sign(beta1 · m + (1 - beta1) · g); m = beta2 · m + (1 - beta2) · g. */
export function lionUpdate(w: Float32Array, m: Float32Array, g: Float32Array, ...parameters: readonly number[]): void {
  const [rate, beta1, take1, beta2, take2] = rounded(parameters);
  g.forEach((gradient, i) => {
    const old = m[i] as number;
    const direction = Math.sign(add(multiply(take1, gradient), multiply(beta1, old)));
    m[i] = orZero(add(multiply(take2, gradient), multiply(beta2, old)));
    w[i] = add(w[i] as number, multiply(-rate, direction));
  });
}

/** See assembly/optimizers/ftrl.ts. */
export function ftrlUpdate(
  w: Float32Array,
  sum: Float32Array,
  linear: Float32Array,
  g: Float32Array,
  ...parameters: readonly number[]
): void {
  const [rate, exponent, l1, l2, shrinkage] = rounded(parameters);
  const raised = (x: number) => (exponent === 0.5 ? squareRoot(x) : precisePower(x, exponent));
  g.forEach((gradient, i) => {
    const [weight, oldSum] = [w[i] as number, sum[i] as number];
    const newSum = add(oldSum, multiply(gradient, gradient));
    const after = raised(newSum);
    const sigma = divide(subtract(after, raised(oldSum)), rate);
    const pull = subtract(add(gradient, multiply(shrinkage, weight)), multiply(sigma, weight));
    const newLinear = add(linear[i] as number, pull);
    const numerator = subtract(smaller(larger(newLinear, -l1), l1), newLinear);
    sum[i] = newSum;
    linear[i] = newLinear;
    w[i] = numerator === 0 ? 0 : divide(numerator, add(divide(after, rate), l2));
  });
}

/** The parameters as a kernel gets them. */
function rounded(parameters: readonly number[]): [number, number, number, number, number, number] {
  return parameters.map(round) as ReturnType<typeof rounded>;
}

/** The mean moved a share of the way to a value. */
function moved(mean: number, value: number, share: number): number {
  return add(mean, multiply(subtract(value, mean), share));
}
