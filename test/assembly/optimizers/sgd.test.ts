import { describe, expect, it } from "vitest";
import { sgdMomentumUpdate, sgdUpdate } from "../../reference.js";
import { expectClose, expectEqual, expectSameBits } from "../expect.js";
import { builds, instantiate } from "../harness.js";
import { anyFloats, numbers } from "../samples.js";

const lengths = [0, 1, 3, 4, 5, 8, 9, 1027];
const learningRate = 0.1;
const momentum = 0.9;

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);

  it.each(lengths)("sgdUpdate equals the reference on %i weights over three steps", (n) => {
    const space = empty();
    const expected = numbers(n, 1);
    const w = space.inout(expected);
    for (let step = 0; step < 3; step++) {
      const g = numbers(n, 2 + step);
      space.call("sgdUpdate", w, space.input(g), learningRate, n);
      sgdUpdate(expected, g, learningRate);
      expectEqual(build, w.floats(), expected, 1e-6);
    }
  });

  describe.each([
    ["plain", false],
    ["Nesterov", true],
  ] as const)("sgdMomentumUpdate, %s", (_, nesterov) => {
    it.each(lengths)("equals the reference on %i weights over three steps", (n) => {
      const space = empty();
      const [wExpected, vExpected] = [numbers(n, 1), new Float32Array(n)];
      const [w, v] = [space.inout(wExpected), space.inout(vExpected)];
      for (let step = 0; step < 3; step++) {
        const g = numbers(n, 2 + step);
        space.call("sgdMomentumUpdate", w, v, space.input(g), learningRate, momentum, Number(nesterov), n);
        sgdMomentumUpdate(wExpected, vExpected, g, learningRate, momentum, nesterov);
        expectEqual(build, w.floats(), wExpected, 1e-6);
        expectEqual(build, v.floats(), vExpected, 1e-6);
      }
    });

    it("follows Keras's formula as the learning rate changes, within 1e-6 over 20 steps", () => {
      const space = empty();
      const [w, v] = [space.inout(Float32Array.of(1)), space.inout(Float32Array.of(0))];
      let [weight, velocity] = [1, 0];
      for (let step = 0; step < 20; step++) {
        const rate = 0.1 / (1 + step);
        const gradient = Math.cos(step);
        space.call(
          "sgdMomentumUpdate",
          w,
          v,
          space.input(Float32Array.of(gradient)),
          rate,
          momentum,
          Number(nesterov),
          1,
        );
        velocity = momentum * velocity - rate * gradient;
        weight += nesterov ? momentum * velocity - rate * gradient : velocity;
        expectClose([...w.floats(), ...v.floats()], [weight, velocity], 1e-6);
      }
    });
  });

  // Fused, where huge terms cancel, is no longer near unfused
  it.skipIf(build === "relaxed")("carries numbers of every kind through one step as the reference does", () => {
    const [wExpected, vExpected, g] = [anyFloats(5000, 1), anyFloats(5000, 2), anyFloats(5000, 3)];
    const space = empty();
    const [w, v] = [space.inout(wExpected), space.inout(vExpected)];
    space.call("sgdMomentumUpdate", w, v, space.input(g), learningRate, momentum, 1, 5000);
    sgdMomentumUpdate(wExpected, vExpected, g, learningRate, momentum, true);
    expectSameBits(w.floats(), wExpected);
    expectSameBits(v.floats(), vExpected);
  });

  it("a gradient of 0 leaves the weights as they are", () => {
    const space = empty();
    const w = space.inout(numbers(9));
    space.call("sgdUpdate", w, space.input(new Float32Array(9)), learningRate, 9);
    expect(w.floats()).toEqual(numbers(9));
  });
});
