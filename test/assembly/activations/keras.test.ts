/** The activations against the numbers in Keras's own tests. */
import { readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { expectEach } from "../expect.js";
import { builds, instantiate, roundUp } from "../harness.js";

interface Vector {
  readonly name: string;
  readonly arguments: { readonly alpha?: number; readonly axis?: number | null };
  readonly x: Nested;
  readonly expected: Nested;
  readonly tolerance: { readonly atol: number; readonly rtol: number };
  readonly test: string;
}
type Nested = readonly (number | Nested)[];

const fixture = new URL("../../fixtures/keras-activations.json", import.meta.url);
const { vectors } = JSON.parse(readFileSync(fixture, "utf8")) as { vectors: readonly Vector[] };

/** Each activation's kernel and what it takes between x and the sizes. */
const kernels: Readonly<Record<string, readonly [kernel: string, ...parameters: number[]]>> = {
  relu: ["reluForward"],
  elu: ["eluForward", 1, 1],
  selu: ["eluForward", 1.6732632423543772, 1.0507009873554805],
  sigmoid: ["sigmoidForward"],
  tanh: ["tanhForward"],
};

describe.each(builds)("Keras's numbers, %s build", (build) => {
  const empty = instantiate(build);

  for (const {
    name,
    arguments: { axis },
    x,
    expected,
    tolerance,
    test,
  } of vectors) {
    it(`${name} of ${flatten(x).length} numbers in ${test}`, () => {
      const space = empty();
      const values = Float32Array.from(flatten(x));
      // The softmax of an array without an axis is that of all its elements together
      const rows = name === "softmax" && axis === -1 ? x.length : 1;
      const width = values.length / rows;
      const shape = { rows, width, stride: roundUp(width, 4) };
      const [input, output] = [space.input(values, shape), space.output(shape)];
      const [kernel, ...parameters] = kernels[name] ?? ["softmaxForward"];
      const sizes = kernel === "softmaxForward" ? [shape.stride, rows, width] : [width];
      space.call(kernel, output, input, ...parameters, ...sizes);
      const { atol, rtol } = tolerance;
      expectEach(output.floats(), flatten(expected), "about", (_, actual, wanted) => {
        return Math.abs(actual - wanted) <= atol + rtol * Math.abs(wanted);
      });
    });
  }
});

function flatten(nested: Nested): number[] {
  return nested.flatMap((item) => (typeof item === "number" ? [item] : flatten(item)));
}
