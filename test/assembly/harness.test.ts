import { describe, expect, it } from "vitest";
import { builds, instantiate } from "./harness.js";

describe.each(builds)("harness on the %s build", (build) => {
  const empty = instantiate(build);

  it("places arrays 64-byte aligned and reads rows back without what lies between", () => {
    const space = empty();
    const values = Float32Array.of(1, 2, 3, 4, 5, 6);
    for (const region of [space.input(values), space.input(values, { rows: 2, width: 3, stride: 20 })]) {
      expect(region.address % 64).toBe(0);
      expect(region.floats()).toEqual(values);
    }
  });

  it("allows writes up to the next multiple of 4 of an output", () => {
    const space = empty();
    const x = space.output(5);
    space.call("fill", x, 1, 5);
    expect(x.floats()).toEqual(new Float32Array(5).fill(1));
    expect(space.float(x.address + 4 * 7)).toBe(1);
  });

  it("reports a write behind an output, between its rows and into an input", () => {
    const space = empty();
    expect(() => space.call("fill", space.output(5), 1, 9)).toThrow("word 8 of region 0 (1 x 5, stride 8)");
    expect(() => space.call("fill", space.output({ rows: 2, width: 4, stride: 8 }), 1, 12)).toThrow(
      "fill wrote outside of its outputs: word 4 of region 1",
    );
    expect(() => space.call("fill", space.input(new Float32Array(4)), 1, 4)).toThrow("word 0 of region 2");
  });
});
