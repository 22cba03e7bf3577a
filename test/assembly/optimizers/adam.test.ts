import { describe, expect, it } from "vitest";
import { adamUpdate } from "../../reference.js";
import { expectClose, expectEqual, expectSameBits } from "../expect.js";
import { builds, instantiate, type Region } from "../harness.js";
import { anyFloats, numbers } from "../samples.js";

const lengths = [0, 1, 3, 4, 5, 8, 9, 1027];
const [learningRate, beta1, beta2, epsilon] = [0.001, 0.9, 0.999, 1e-7];

/** rate, 1 - beta1, 1 - beta2 and epsilon of step t = 1, 2, … */
function parameters(t: number): [number, number, number, number] {
  return [(learningRate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t), 1 - beta1, 1 - beta2, epsilon];
}

describe.each(builds)("adamUpdate, %s build", (build) => {
  const empty = instantiate(build);

  it.each(lengths)("equals the reference on %i weights over three steps", (n) => {
    const space = empty();
    const expected = [numbers(n, 1), new Float32Array(n), new Float32Array(n)] as const;
    const [w, m, v] = expected.map((values) => space.inout(values)) as [Region, Region, Region];
    for (let t = 1; t <= 3; t++) {
      const g = numbers(n, 1 + t);
      space.call("adamUpdate", w, m, v, space.input(g), ...parameters(t), n);
      adamUpdate(...expected, g, ...parameters(t));
      [w, m, v].forEach((region, i) => {
        expectEqual(build, region.floats(), expected[i] as Float32Array, 1e-6);
      });
    }
  });

  it("follows the paper's formula in double precision, within 1e-6 over 50 steps", () => {
    const space = empty();
    const [w, m, v] = [space.inout(Float32Array.of(1)), space.output(1), space.output(1)];
    space.call("fill", m, 0, 1);
    space.call("fill", v, 0, 1);
    let [weight, mean, square] = [1, 0, 0];
    for (let t = 1; t <= 50; t++) {
      const gradient = Math.cos(t) + 0.3;
      space.call("adamUpdate", w, m, v, space.input(Float32Array.of(gradient)), ...parameters(t), 1);
      mean = beta1 * mean + (1 - beta1) * gradient;
      square = beta2 * square + (1 - beta2) * gradient ** 2;
      weight -= (parameters(t)[0] * mean) / (Math.sqrt(square) + epsilon);
      expectClose([...w.floats(), ...m.floats(), ...v.floats()], [weight, mean, square], 1e-6);
    }
  });

  // Fused, where huge terms cancel, is no longer near unfused
  it.skipIf(build === "relaxed")("carries numbers of every kind through one step as the reference does", () => {
    const space = empty();
    const expected = [anyFloats(5000, 1), anyFloats(5000, 2), anyFloats(5000, 3)] as const;
    const [w, m, v] = expected.map((values) => space.inout(values)) as [Region, Region, Region];
    const g = anyFloats(5000, 4);
    space.call("adamUpdate", w, m, v, space.input(g), ...parameters(1), 5000);
    adamUpdate(...expected, g, ...parameters(1));
    [w, m, v].forEach((region, i) => {
      expectSameBits(region.floats(), expected[i] as Float32Array);
    });
  });

  it("turns moments below 2^-100 into 0, so that none becomes denormal, and keeps NaN", () => {
    const space = empty();
    const above = 1.2 * 2 ** -100;
    const below = 1.05 * 2 ** -100;
    const m = space.inout(Float32Array.of(above, below, -below, Number.NaN));
    const v = space.inout(Float32Array.of(above, 0.9 * 2 ** -100, 1e-40, Number.NaN));
    const w = space.inout(new Float32Array(4));
    space.call("adamUpdate", w, m, v, space.input(new Float32Array(4)), ...parameters(1), 4);
    expect([...m.floats()].map((value) => value === 0)).toEqual([false, true, true, false]);
    expect([...v.floats()].map((value) => value === 0)).toEqual([false, true, true, false]);
    expect(Number.isNaN(w.floats()[3])).toBe(true);
  });
});
