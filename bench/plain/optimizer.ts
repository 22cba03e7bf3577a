/** Adam and stochastic gradient descent, as Keras computes them. */

export type PlainOptimizer =
  | { readonly name: "adam"; readonly learningRate: number }
  | { readonly name: "sgd"; readonly learningRate: number };

/** Updates the weights from begin to end in training step `step`, which counts from 1. */
export type Update = (step: number, begin: number, end: number) => void;

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-7;

/** The update of one weight array by its gradient. */
export function createUpdate(optimizer: PlainOptimizer, weights: Float32Array, gradient: Float32Array): Update {
  const { name, learningRate } = optimizer;
  if (name === "sgd") return (_step, begin, end) => descend(weights, gradient, learningRate, begin, end);
  // Moments are doubles: no slower here, and they do not decay into denormal numbers, which some processors are slow at.
  const m = new Float64Array(weights.length);
  const v = new Float64Array(weights.length);
  return (step, begin, end) => {
    const rate = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    adapt(weights, gradient, m, v, rate, begin, end);
  };
}

function descend(w: Float32Array, g: Float32Array, rate: number, begin: number, end: number): void {
  for (let i = begin; i < end; i++) w[i] = (w[i] as number) - rate * (g[i] as number);
}

function adapt(
  w: Float32Array,
  g: Float32Array,
  m: Float64Array,
  v: Float64Array,
  rate: number,
  begin: number,
  end: number,
): void {
  for (let i = begin; i < end; i++) {
    const gi = g[i] as number;
    const oldM = m[i] as number;
    const oldV = v[i] as number;
    const newM = oldM + (gi - oldM) * (1 - beta1);
    const newV = oldV + (gi * gi - oldV) * (1 - beta2);
    m[i] = newM;
    v[i] = newV;
    w[i] = (w[i] as number) - (rate * newM) / (Math.sqrt(newV) + epsilon);
  }
}
