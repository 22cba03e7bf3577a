import { add, multiply, round } from "./float.js";

/** g[i] += l1 · sign x[i] + slope · x[i]. */
export function addPenaltyGradient(g: Float32Array, x: Float32Array, l1: number, slope: number): void {
  x.forEach((value, i) => {
    const signed = value === 0 ? 0 : round(value < 0 || Object.is(value, -0) ? -l1 : l1);
    g[i] = add(g[i] as number, add(signed, multiply(round(slope), value)));
  });
}
