import { describe, expect, it } from "vitest";
import {
  categoricalCrossentropyBackward,
  categoricalCrossentropyForward,
  softmaxCrossentropyBackward,
  softmaxCrossentropyForward,
} from "../../reference.js";
import { expectClose } from "../expect.js";
import { builds, instantiate } from "../harness.js";
import { distributions, numbers, withExtremes } from "../samples.js";
import { checkLoss, type Loss, runner } from "./check.js";

const softmaxCrossentropy: Loss = {
  name: "softmaxCrossentropy",
  fused: true,
  backwardInPlace: true,
  forward: softmaxCrossentropyForward,
  backward: softmaxCrossentropyBackward,
  exact: (z, y) => {
    const maximum = Math.max(...z);
    const logTotal = Math.log(z.reduce((total, logit) => total + Math.exp(logit - maximum), 0));
    return z.reduce((total, logit, j) => total + (y[j] as number) * (logTotal - (logit - maximum)), 0);
  },
  inputs: (rows, width) => numbers(rows * width, 1).map((value) => 5 * value),
  targets: (rows, width) => distributions(rows, width, 2),
};

const categoricalCrossentropy: Loss = {
  name: "categoricalCrossentropy",
  fused: false,
  backwardInPlace: false,
  forward: categoricalCrossentropyForward,
  backward: categoricalCrossentropyBackward,
  exact: (p, y) => {
    const total = p.reduce((a, b) => a + b, 0);
    return -p.reduce((loss, value, j) => loss + (y[j] as number) * Math.log(clip(value / total)), 0);
  },
  inputs: (rows, width) => withExtremes(rows * width, 1),
  targets: (rows, width) => distributions(rows, width, 2),
};

checkLoss(softmaxCrossentropy);
checkLoss(categoricalCrossentropy);

describe.each(builds)("special values, %s build", (build) => {
  const empty = instantiate(build);
  const fused = runner(softmaxCrossentropy, empty);
  const plain = runner(categoricalCrossentropy, empty);

  it("softmaxCrossentropy writes probabilities of 0 from the width to the next multiple of 4", () => {
    expect(fused.forward(numbers(10), distributions(2, 5), 2, 5).padding).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("softmaxCrossentropy of logits far apart is their distance, not infinite", () => {
    const { loss, p } = fused.forward(Float32Array.of(1000, -1000, 0), Float32Array.of(0, 1, 0), 1, 3);
    expect([...loss]).toEqual([2000]);
    expect([...p]).toEqual([1, 0, 0]);
    expect([...fused.forward(Float32Array.of(1000, -1000, 0), Float32Array.of(1, 0, 0), 1, 3).loss]).toEqual([0]);
  });

  it("softmaxCrossentropy of equal logits is ln width, within 1e-6", () => {
    for (const width of [2, 10, 1000]) {
      const y = new Float32Array(width);
      y[width - 1] = 1;
      expectClose(fused.forward(new Float32Array(width).fill(7), y, 1, width).loss, [Math.log(width)], 1e-6);
    }
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

  it("categoricalCrossentropy is -ln 1e-7 for a probability of 0, within 1e-6, and its gradient 0", () => {
    const [p, y] = [Float32Array.of(0, 1, 0), Float32Array.of(1, 0, 0)];
    expectClose(plain.forward(p, y, 1, 3).loss, [-Math.log(1e-7)], 1e-6);
    expect([...plain.backward(p, y, 1, 3).gradient]).toEqual([0, 0, 0]);
  });

  it("categoricalCrossentropy does not change when a row of p is scaled by a power of two", () => {
    const [p, y] = [distributions(1, 7, 3), distributions(1, 7, 4)];
    expect(
      plain.forward(
        p.map((value) => 8 * value),
        y,
        1,
        7,
      ).loss,
    ).toEqual(plain.forward(p, y, 1, 7).loss);
  });
});

function clip(probability: number): number {
  return Math.min(Math.max(probability, 1e-7), 1 - 1e-7);
}
