import { describe, expect, it } from "vitest";
import {
  binaryCrossentropyBackward,
  binaryCrossentropyForward,
  sigmoidCrossentropyBackward,
  sigmoidCrossentropyForward,
} from "../../reference.js";
import { expectClose } from "../expect.js";
import { builds, instantiate } from "../harness.js";
import { fractions, numbers, withExtremes } from "../samples.js";
import { checkLoss, type Loss, runner } from "./check.js";

const sigmoidCrossentropy: Loss = {
  name: "sigmoidCrossentropy",
  fused: true,
  backwardInPlace: true,
  forward: sigmoidCrossentropyForward,
  backward: sigmoidCrossentropyBackward,
  exact: (z, y) =>
    mean(z, (logit, j) => Math.max(logit, 0) - logit * (y[j] as number) + Math.log1p(Math.exp(-Math.abs(logit)))),
  inputs: (rows, width) => numbers(rows * width, 1).map((value) => 10 * value),
  targets: (rows, width) => withExtremes(rows * width, 2),
};

const binaryCrossentropy: Loss = {
  name: "binaryCrossentropy",
  fused: false,
  backwardInPlace: true,
  forward: binaryCrossentropyForward,
  backward: binaryCrossentropyBackward,
  exact: (p, y) =>
    mean(p, (value, j) => {
      const [q, target] = [clip(value), y[j] as number];
      return -(target * Math.log(q) + (1 - target) * Math.log(1 - q));
    }),
  inputs: (rows, width) => withExtremes(rows * width, 1),
  targets: (rows, width) => fractions(rows * width, 2),
};

checkLoss(sigmoidCrossentropy);
checkLoss(binaryCrossentropy);

describe.each(builds)("special values, %s build", (build) => {
  const empty = instantiate(build);
  const fused = runner(sigmoidCrossentropy, empty);
  const plain = runner(binaryCrossentropy, empty);

  it("sigmoidCrossentropy of large logits is the logit or 0, not infinite", () => {
    const { loss, p } = fused.forward(Float32Array.of(1000, -1000, 1000, -1000), Float32Array.of(0, 1, 1, 0), 4, 1);
    expect([...loss]).toEqual([1000, 1000, 0, 0]);
    expect([...p]).toEqual([1, 0, 1, 0]);
  });

  it("sigmoidCrossentropy of -30 and no hit is e^-30, within 1e-6 of itself", () => {
    const { loss } = fused.forward(Float32Array.of(-30), Float32Array.of(0), 1, 1);
    expectClose([(loss[0] as number) / Math.exp(-30)], [1], 1e-6);
  });

  it("a NaN among the logits or probabilities reaches the loss of its row and no other", () => {
    for (const { forward } of [fused, plain]) {
      const x = Float32Array.of(0.5, 0.5, 0.5, NaN, 0.5, 0.5);
      expect([...forward(x, Float32Array.of(1, 0, 1, 0, 1, 0), 3, 2).loss].map(Number.isNaN)).toEqual([
        false,
        true,
        false,
      ]);
    }
  });

  it("binaryCrossentropy clips: finite at 0 and 1, where its gradient is 0", () => {
    const [p, y] = [Float32Array.of(0, 1, 1e-8, 0, 1), Float32Array.of(1, 0, 1, 0, 1)];
    // 1 - 1e-7 in single precision
    const belowOne = 1 - 2 ** -23;
    const [far, near] = [-Math.log(1e-7), -Math.log1p(-1e-7)];
    expectClose(plain.forward(p, y, 5, 1).loss, [far, -Math.log(1 - belowOne), far, near, -Math.log(belowOne)], 1e-6);
    expect([...plain.backward(p, y, 5, 1).gradient]).toEqual([0, 0, 0, 0, 0]);
  });
});

function mean(x: readonly number[], term: (value: number, j: number) => number): number {
  return x.reduce((total, value, j) => total + term(value, j), 0) / x.length;
}

/** To the bounds of single precision. */
function clip(probability: number): number {
  return Math.min(Math.max(probability, Math.fround(1e-7)), 1 - 2 ** -23);
}
