import { reluBackward, reluForward } from "../../reference.js";
import { checkActivation } from "./check.js";

checkActivation({
  name: "relu",
  forward: reluForward,
  backward: reluBackward,
  exact: (x) => Math.max(x, 0),
  specials: [
    [NaN, NaN],
    [Infinity, Infinity],
    [-Infinity, 0],
    [-0, -0],
    [0, 0],
    [1e-45, 1e-45],
    [-1e-45, 0],
  ],
});
