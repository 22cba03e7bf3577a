/** Circle loss: operation by operation. */
import { expNegative, log, log1p, sigmoid } from "./elementary.js";
import {
  add,
  at,
  byRows,
  divide,
  dot,
  larger,
  type Matrix,
  multiply,
  perRow,
  round,
  row,
  subtract,
  sum,
} from "./float.js";

export interface CircleOptions {
  readonly gamma: number;
  readonly margin: number;
  readonly withSelf: boolean;
}

/** The loss of each row, and the derivative of the loss of row i to p[i] · p[j]. */
export function circleForward(
  { gamma, margin, withSelf }: CircleOptions,
  p: Matrix,
  labels: Float32Array,
  rows: number,
  width: number,
): { readonly loss: Float32Array; readonly pulls: Float32Array } {
  const [g, m] = [round(gamma), round(margin)];
  const loss = new Float32Array(rows);
  const pulls = byRows(rows, rows, (i) => {
    const distances = perRow(rows, (j) => Math.max(subtract(1, dot(row(p, i, width), row(p, j, width))), 0));
    let total = 0;
    const [nearShares, farShares] = [false, true].map((isFar) => {
      const scores = distances.map((d, j) => {
        const x = isFar ? subtract(1, d) : d;
        const isCompared = (labels[j] !== labels[i]) === isFar && (withSelf || i !== j);
        return isCompared ? multiply(multiply(g, Math.max(add(m, x), 0)), subtract(x, m)) : -3.4028234663852886e38;
      });
      const most = Math.max(...scores);
      const powers = scores.map((score) => expNegative(subtract(score, most)));
      total = add(total, add(most, log(sum(powers))));
      return powers.map((value) => multiply(value, divide(1, sum(powers))));
    }) as [Float32Array, Float32Array];
    loss[i] = add(larger(total, 0), log1p(expNegative(-Math.abs(total))));
    const slope = multiply(multiply(sigmoid(total), 2), g);
    return distances.map((d, j) => {
      const far = d > 0 && d < add(1, m) ? multiply(farShares[j] as number, subtract(1, d)) : 0;
      return multiply(slope, subtract(far, multiply(nearShares[j] as number, d)));
    });
  });
  return { loss, pulls };
}

/** Σj scale · (weights[i] · pulls[i,j] + weights[j] · pulls[j,i]) · p[j]. */
export function circleBackward(
  pulls: Float32Array,
  p: Matrix,
  weights: Float32Array,
  scale: number,
  rows: number,
  width: number,
): Float32Array {
  return byRows(rows, width, (i) => {
    const sums = new Float32Array(width);
    for (let j = 0; j < rows; j++) {
      const [toOther, toOwn] = [pulls[i * rows + j] as number, pulls[j * rows + i] as number];
      const [ownWeight, otherWeight] = [weights[i] as number, weights[j] as number];
      const pull = multiply(round(scale), add(multiply(ownWeight, toOther), multiply(otherWeight, toOwn)));
      for (let k = 0; k < width; k++) sums[k] = add(sums[k] as number, multiply(pull, at(p, j, k)));
    }
    return sums;
  });
}
