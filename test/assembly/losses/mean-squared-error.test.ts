import { meanSquaredErrorBackward, meanSquaredErrorForward } from "../../reference.js";
import { numbers } from "../samples.js";
import { checkLoss } from "./check.js";

checkLoss({
  name: "meanSquaredError",
  fused: false,
  backwardInPlace: true,
  forward: meanSquaredErrorForward,
  backward: meanSquaredErrorBackward,
  exact: (p, y) => p.reduce((total, value, j) => total + (value - (y[j] as number)) ** 2, 0) / p.length,
  inputs: (rows, width) => numbers(rows * width, 1),
  targets: (rows, width) => numbers(rows * width, 2),
});
