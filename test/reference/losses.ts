/** The losses: one number for each row forward, a dense [rows, width] gradient backward. */
import { softmax } from "./activations.js";
import { expNegative, log, log1p, sigmoid } from "./elementary.js";
import {
  add,
  byRows,
  divide,
  larger,
  type Matrix,
  multiply,
  pairs,
  perRow,
  round,
  row,
  smaller,
  subtract,
  sum,
} from "./float.js";

export const EPSILON = round(1e-7);

/** What the losses fused with their activation give: also p = activation(z). */
export interface LossAndProbabilities {
  readonly loss: Float32Array;
  readonly p: Float32Array;
}

/** scale · the gradient of the losses to p, or to what came before a fused activation. */
export type LossGradient = (p: Matrix, y: Matrix, scale: number, rows: number, width: number) => Float32Array;

/** loss[i] = Σj y · (ln Σ e^(z - max) - (z - max)). */
export function softmaxCrossentropyForward(z: Matrix, y: Matrix, rows: number, width: number): LossAndProbabilities {
  const loss = perRow(rows, (i) => {
    const { maximum, total } = softmax(row(z, i, width));
    const logTotal = log(total);
    return sum(pairs(z, y, i, width, (logit, t) => multiply(t, subtract(logTotal, subtract(logit, maximum)))));
  });
  return { loss, p: byRows(rows, width, (i) => softmax(row(z, i, width)).y) };
}

/** dZ = scale · (p · Σj y - y). */
export const softmaxCrossentropyBackward: LossGradient = (p, y, scale, rows, width) =>
  byRows(rows, width, (i) => {
    const total = sum(row(y, i, width));
    return pairs(p, y, i, width, (value, t) => multiply(round(scale), subtract(multiply(value, total), t)));
  });

/** loss[i] = 1/width · Σj (max(z, 0) - z · y + ln(1 + e^-|z|)). */
export function sigmoidCrossentropyForward(z: Matrix, y: Matrix, rows: number, width: number): LossAndProbabilities {
  const loss = perRow(rows, (i) =>
    divide(
      sum(
        pairs(z, y, i, width, (logit, t) =>
          add(subtract(larger(logit, 0), multiply(logit, t)), log1p(expNegative(-Math.abs(logit)))),
        ),
      ),
      width,
    ),
  );
  return { loss, p: byRows(rows, width, (i) => row(z, i, width).map(sigmoid)) };
}

/** dZ = scale / width · (p - y). */
export const sigmoidCrossentropyBackward: LossGradient = (p, y, scale, rows, width) => {
  const factor = divide(round(scale), width);
  return byRows(rows, width, (i) => pairs(p, y, i, width, (value, t) => multiply(factor, subtract(value, t))));
};

/** q = p clipped; loss[i] = -1/width · Σj (y · ln q + (1 - y) · ln(1 - q)). */
export function binaryCrossentropyForward(p: Matrix, y: Matrix, rows: number, width: number): Float32Array {
  return perRow(rows, (i) => {
    const terms = pairs(p, y, i, width, (value, t) => {
      const q = clipProbability(value);
      return -add(multiply(t, log(q)), multiply(subtract(1, t), log(subtract(1, q))));
    });
    return divide(sum(terms), width);
  });
}

/** dP = scale / width · ((1 - y) / (1 - q) - y / q), 0 where q was clipped. */
export const binaryCrossentropyBackward: LossGradient = (p, y, scale, rows, width) => {
  const factor = divide(round(scale), width);
  return byRows(rows, width, (i) =>
    pairs(p, y, i, width, (value, t) => {
      const q = clipProbability(value);
      if (q !== value) return 0;
      return multiply(factor, subtract(divide(subtract(1, t), subtract(1, q)), divide(t, q)));
    }),
  );
};

/** loss[i] = 1/width · Σj (p - y)². */
export function meanSquaredErrorForward(p: Matrix, y: Matrix, rows: number, width: number): Float32Array {
  return perRow(rows, (i) => {
    const errors = pairs(p, y, i, width, subtract);
    return divide(sum(errors.map((error) => multiply(error, error))), width);
  });
}

/** dP = scale · 2 / width · (p - y). */
export const meanSquaredErrorBackward: LossGradient = (p, y, scale, rows, width) => {
  const factor = divide(multiply(round(scale), 2), width);
  return byRows(rows, width, (i) => pairs(p, y, i, width, (value, t) => multiply(factor, subtract(value, t))));
};

/** A probability kept in [1e-7, 1 - 1e-7]. */
export function clipProbability(probability: number): number {
  return smaller(larger(probability, EPSILON), subtract(1, EPSILON));
}
