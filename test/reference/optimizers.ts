/** The optimizers' updates, in place. */
import { add, divide, multiply, orZero, round, squareRoot, subtract } from "./float.js";

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

/** The mean moved a share of the way to a value. */
function moved(mean: number, value: number, share: number): number {
  return add(mean, multiply(subtract(value, mean), share));
}
