/** Keras's epsilon. */
const EPSILON: f32 = 1e-7;

/** Keeps probabilities in [1e-7, 1 - 1e-7], as Keras does before a logarithm. NaN stays NaN. */
export function clip(probability: v128): v128 {
  return f32x4.pmin(f32x4.pmax(probability, f32x4.splat(EPSILON)), f32x4.splat(1 - EPSILON));
}
