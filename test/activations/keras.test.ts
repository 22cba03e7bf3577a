/** The activations against the numbers in Keras's own tests. */
import { expect, it } from "vitest";
import { activations, type NestedNumbers } from "../../src/index.js";
import { toCamelCase } from "../../src/lookup.js";
import { expectEach } from "../assembly/expect.js";
import { readVectors } from "../helpers/fixtures.js";

interface Vector {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly x: NestedNumbers;
  readonly expected: NestedNumbers;
  readonly tolerance: { readonly atol: number; readonly rtol: number };
  readonly test: string;
}

/** Vectors that are not to be met, with the reason. */
const leftOut: Readonly<Record<string, string>> = {
  glu: "halves the axis, and so is no activation of a layer here",
};

const known = Object.entries(activations);
const vectors = await readVectors<Vector>("keras-activations.json");

for (const { name, arguments: given, x, expected, tolerance, test } of vectors) {
  if (name in leftOut) continue;
  it(`${name}(${JSON.stringify(given).slice(1, -1)}) of ${x.flat(9).length} numbers in ${test}`, () => {
    const [, apply] = known.find(([key]) => key === toCamelCase(name)) ?? [];
    const options = Object.fromEntries(Object.entries(given).map(([key, value]) => [toCamelCase(key), value]));
    const y = (apply as typeof activations.relu)(x, options);
    expect(y.shape).toEqual(shapeOf(x));
    const { atol, rtol } = tolerance;
    expectEach(y.data, expected.flat(9) as number[], "about", (_, actual, wanted) => {
      return Math.abs(actual - wanted) <= atol + rtol * Math.abs(wanted);
    });
  });
}

it("has a vector for each name that is left out", () => {
  const names = new Set(vectors.map(({ name }) => name));
  expect(Object.keys(leftOut).filter((name) => !names.has(name))).toEqual([]);
});

function shapeOf(x: NestedNumbers): number[] {
  const [first] = x;
  return typeof first === "number" ? [x.length] : [x.length, ...shapeOf(first as NestedNumbers)];
}
