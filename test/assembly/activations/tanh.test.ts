import { tanhBackward, tanhForward } from "../../reference.js";
import { checkActivation } from "./check.js";

checkActivation({
  name: "tanh",
  forward: tanhForward,
  backward: tanhBackward,
  exact: Math.tanh,
  specials: [
    [NaN, NaN],
    [Infinity, 1],
    [-Infinity, -1],
    [3.4e38, 1],
    [-3.4e38, -1],
    [-0, -0],
    [0, 0],
    [1e-45, 1e-45],
    [-1e-45, -1e-45],
    [1e-20, 1e-20],
  ],
});
