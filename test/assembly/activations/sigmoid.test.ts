import { sigmoidBackward, sigmoidForward } from "../../reference.js";
import { checkActivation } from "./check.js";

checkActivation({
  name: "sigmoid",
  forward: sigmoidForward,
  backward: sigmoidBackward,
  exact: (x) => 1 / (1 + Math.exp(-x)),
  specials: [
    [NaN, NaN],
    [Infinity, 1],
    [-Infinity, 0],
    [3.4e38, 1],
    [-3.4e38, 0],
    [-87.1, 0],
    [-0, 0.5],
    [0, 0.5],
    [1e-45, 0.5],
    [-1e-45, 0.5],
  ],
});
