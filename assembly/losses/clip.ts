/** Keras's epsilon, what keeps logarithms and quotients finite; and 1 less it. */
export const EPSILON: f32 = 1e-7;
const MOST: f32 = 1 - EPSILON;

/** Keeps probabilities in [1e-7, 1 - 1e-7], as Keras does before a logarithm. NaN stays NaN. */
export function clip(probability: v128): v128 {
  return f32x4.pmin(f32x4.pmax(probability, f32x4.splat(EPSILON)), f32x4.splat(MOST));
}

/** Where `clip` changes nothing. NaN counts as unchanged, so that it is carried on. */
export function unclipped(probability: v128): v128 {
  const outside = v128.or(f32x4.lt(probability, f32x4.splat(EPSILON)), f32x4.gt(probability, f32x4.splat(MOST)));
  return v128.not(outside);
}
