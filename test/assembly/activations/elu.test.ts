import { eluBackward, eluForward } from "../../reference.js";
import { checkActivation } from "./check.js";

/** ELU, ELU with another slope at 0, and SELU with the constants of Klambauer et al. 2017. */
const variants = [
  [1, 1],
  [0.3, 1],
  [1.6732632423543772, 1.0507009873554805],
] as const;

for (const [alpha, scale] of variants) {
  const lowest = Math.fround(Math.fround(-alpha) * Math.fround(scale));
  checkActivation({
    name: "elu",
    parameters: [alpha, scale],
    forward: (x) => eluForward(x, alpha, scale),
    backward: (dY, y) => eluBackward(dY, y, alpha, scale),
    exact: (x) => scale * (x > 0 ? x : alpha * Math.expm1(x)),
    specials: [
      [NaN, NaN],
      [Infinity, Infinity],
      [-Infinity, lowest],
      [-3.4e38, lowest],
      [-88, lowest],
      [0, 0],
      [2, Math.fround(2 * Math.fround(scale))],
    ],
  });
}
