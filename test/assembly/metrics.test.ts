import { describe, expect, it } from "vitest";
import { binaryHits, categoricalHits } from "../reference.js";
import { builds, instantiate, roundUp, type Space } from "./harness.js";
import { numbers } from "./samples.js";

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);

  describe("categoricalHits", () => {
    const hits = (p: Float32Array, y: Float32Array, rows: number, width: number): number =>
      count(empty(), "categoricalHits", p, y, [], rows, width);

    it.each([1, 2, 3, 4, 5, 10, 37])("counts rows of %i with the largest element at the same place", (width) => {
      for (const rows of [0, 1, 4, 50]) {
        const [p, y] = [numbers(rows * width, 1), numbers(rows * width, 2)];
        const expected = categoricalHits({ data: p, stride: width }, { data: y, stride: width }, rows, width);
        expect(hits(p, y, rows, width)).toBe(expected);
        expect(hits(p, p, rows, width)).toBe(rows);
      }
    });

    it("takes the first of equals", () => {
      const y = Float32Array.of(0, 1, 0);
      expect(hits(Float32Array.of(0.2, 0.4, 0.4), y, 1, 3)).toBe(1);
      expect(hits(Float32Array.of(0.4, 0.4, 0.2), y, 1, 3)).toBe(0);
      expect(hits(Float32Array.of(-0, 0, -1), Float32Array.of(1, 0, 0), 1, 3)).toBe(1);
    });

    it("finds the largest of negative numbers", () => {
      expect(hits(Float32Array.of(-3, -1, -2), Float32Array.of(0, 1, 0), 1, 3)).toBe(1);
    });
  });

  describe("binaryHits", () => {
    it.each([0, 1, 3, 4, 5, 37])("counts the elements of rows of %i on the right side of the threshold", (width) => {
      for (const rows of [0, 1, 7]) {
        for (const threshold of [0, 0.1, 0.5]) {
          const p = numbers(rows * width, 1);
          const y = numbers(rows * width, 2).map((value) => (value > 0 ? 1 : 0));
          const expected = binaryHits({ data: p, stride: width }, { data: y, stride: width }, threshold, rows, width);
          expect(count(empty(), "binaryHits", p, y, [threshold], rows, width)).toBe(expected);
        }
      }
    });

    it("counts the threshold itself as below", () => {
      expect(count(empty(), "binaryHits", Float32Array.of(0.5, 0.5), Float32Array.of(1, 0), [0.5], 1, 2)).toBe(1);
    });
  });
});

function count(
  space: Space,
  kernel: string,
  pValues: Float32Array,
  yValues: Float32Array,
  parameters: readonly number[],
  rows: number,
  width: number,
): number {
  const p = space.input(pValues, { rows, width, stride: roundUp(width, 4) + 4 });
  const y = space.input(yValues, { rows, width, stride: roundUp(width, 4) });
  return space.call(kernel, p, p.stride, y, y.stride, ...parameters, rows, width);
}
