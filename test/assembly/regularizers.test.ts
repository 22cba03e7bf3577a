import { describe, expect, it } from "vitest";
import { addPenaltyGradient } from "../reference.js";
import { expectEqual } from "./expect.js";
import { builds, instantiate } from "./harness.js";
import { mostlyZeros, numbers } from "./samples.js";

const lengths = [0, 1, 3, 4, 5, 8, 9, 1027];

describe.each(builds)("addPenaltyGradient, %s build", (build) => {
  const empty = instantiate(build);

  it.each(lengths)("equals the reference on %i values, with and without zeros", (n) => {
    for (const x of [numbers(n, 1), mostlyZeros(n, 2)]) {
      for (const [l1, slope] of [
        [0.1, 0.02],
        [0.1, 0],
        [0, 0.02],
      ] as const) {
        const space = empty();
        const expected = numbers(n, 3);
        const g = space.inout(expected);
        space.call("addPenaltyGradient", g, space.input(x), l1, slope, n);
        addPenaltyGradient(expected, x, l1, slope);
        expectEqual(build, g.floats(), expected, 1e-6);
      }
    }
  });

  it("leaves alone what lies behind the last value", () => {
    const space = empty();
    const g = space.inout(new Float32Array(8));
    space.call("addPenaltyGradient", g, space.input(numbers(8)), 1, 1, 5);
    expect([...g.floats().subarray(5)]).toEqual([0, 0, 0]);
  });
});
