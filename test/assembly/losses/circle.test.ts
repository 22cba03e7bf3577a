import { describe, expect, it } from "vitest";
import { circleBackward, circleForward } from "../../reference.js";
import { expectClose, expectEqual } from "../expect.js";
import { builds, instantiate, roundUp } from "../harness.js";
import { fractions, numbers } from "../samples.js";

describe.each(builds)("circle, %s build", (build) => {
  const empty = instantiate(build);

  describe.each([true, false])("compared to itself: %s", (withSelf) => {
    const options = { gamma: 8, margin: 0.4, withSelf };

    it.each([1, 2, 3, 5, 16, 17])("equals the reference for %i rows, forward and backward", (rows) => {
      for (const width of [1, 4, 7]) {
        const [values, labels] = [embeddings(rows, width), toLabels(rows)];
        const space = empty();
        const p = space.input(values, { rows, width, stride: roundUp(width, 4) + 4 });
        const loss = space.output({ rows: 1, width: rows, pad: 1 });
        const pulls = space.output({ rows, width: rows });
        const y = space.input(labels, { rows, width: 1, stride: 4 });
        const [scores, scratch] = [space.output({ rows: 2, width: rows }), space.output(width)];
        const { gamma, margin } = options;
        const sizes = [gamma, margin, Number(withSelf), rows, width];
        space.call("circleForward", loss, pulls, p, p.stride, y, y.stride, ...sizes, scores, scratch);
        const matrix = { data: values, stride: width };
        const expected = circleForward(options, matrix, labels, rows, width);
        expectEqual(build, loss.floats(), expected.loss, 1e-5);
        expectEqual(build, pulls.floats(), expected.pulls, 1e-5);

        const weights = fractions(rows, 3);
        const dP = space.output({ rows, width, stride: roundUp(width, 4) + 4 });
        space.call("circleBackward", dP, pulls, p, p.stride, space.input(weights), 0.3, rows, width);
        const gradient = circleBackward(pulls.floats(), matrix, weights, 0.3, rows, width);
        expectEqual(build, dP.floats(), gradient, 1e-5);
        if (width === 7) expect(space.float(dP.address + 4 * 7)).toBe(0);
      }
    });

    it("is its formula, within 1e-5, and backward its gradient, within 1e-4", () => {
      const [rows, width] = [7, 3];
      const [values, labels] = [embeddings(rows, width), toLabels(rows)];
      const { loss, pulls } = circleForward(options, { data: values, stride: width }, labels, rows, width);
      const exact = (p: readonly number[]): number[] => naive(p, labels, rows, width, options);
      expectClose(loss, exact([...values]), 1e-5);
      const weights = fractions(rows, 3);
      const total = (p: readonly number[]): number =>
        exact(p).reduce((sum, value, i) => sum + value * (weights[i] as number), 0);
      const h = 1e-6;
      const slopes = Array.from(values, (_, k) => {
        const moved = (by: number): number => total([...values].map((value, i) => (i === k ? value + by : value)));
        return (moved(h) - moved(-h)) / (2 * h);
      });
      expectClose(circleBackward(pulls, { data: values, stride: width }, weights, 1, rows, width), slopes, 1e-4);
    });
  });
});

/** The loss of each row in double precision, from its definition. */
function naive(
  p: readonly number[],
  labels: Float32Array,
  rows: number,
  width: number,
  { gamma, margin, withSelf }: { gamma: number; margin: number; withSelf: boolean },
): number[] {
  return Array.from({ length: rows }, (_, i) => {
    let [near, far] = [0, 0];
    for (let j = 0; j < rows; j++) {
      let product = 0;
      for (let k = 0; k < width; k++) product += (p[i * width + k] as number) * (p[j * width + k] as number);
      const d = Math.max(1 - product, 0);
      if (labels[i] !== labels[j]) far += Math.exp(gamma * Math.max(1 + margin - d, 0) * (1 - margin - d));
      else if (withSelf || i !== j) near += Math.exp(-gamma * (margin + d) * (margin - d));
    }
    return near === 0 || far === 0 ? 0 : Math.log1p(near * far);
  });
}

function embeddings(rows: number, width: number): Float32Array<ArrayBuffer> {
  const values = numbers(rows * width, 1);
  for (let start = 0; start < values.length; start += width) {
    const row = values.subarray(start, start + width);
    const norm = Math.hypot(...row);
    row.forEach((value, k) => {
      row[k] = (value / norm) * 0.99;
    });
  }
  return values;
}

function toLabels(rows: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: rows }, (_, i) => (i * 5) % 3);
}
