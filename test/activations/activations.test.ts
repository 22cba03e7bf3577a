/** Every activation as models use it: its values, its range of input, and that in place is the same as not. */
import { describe, expect, it } from "vitest";
import { activations, layers, ndarray, Sequential } from "../../src/index.js";
import { matrix } from "../helpers/data.js";
import { bits } from "../helpers/weights.js";

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** Keras's formulas in double precision, over a row. A new activation needs a line. */
const formulas: Record<keyof typeof activations, (row: readonly number[]) => number[]> = {
  elu: (row) => row.map((x) => (x > 0 ? x : Math.expm1(x))),
  linear: (row) => [...row],
  relu: (row) => row.map((x) => Math.max(x, 0)),
  selu: (row) => row.map((x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x))),
  sigmoid: (row) => row.map((x) => 1 / (1 + Math.exp(-x))),
  softmax: (row) => {
    const exponentials = row.map((x) => Math.exp(x - Math.max(...row)));
    const total = exponentials.reduce((sum, e) => sum + e, 0);
    return exponentials.map((e) => e / total);
  },
  tanh: (row) => row.map(Math.tanh),
};
const names = Object.keys(formulas) as (keyof typeof activations)[];

describe.each(names)("%s", (name) => {
  it.each([1, 3, 4, 5, 17, 64])("of rows of %i is its formula to 1e-6 of the value", async (width) => {
    const x = matrix(9, width, 3, -8, 8);
    const { data } = await applied(name, x);
    for (let row = 0; row < 9; row++) {
      const expected = formulas[name]([...x.data.subarray(row * width, (row + 1) * width)]);
      expected.forEach((value, i) => {
        expect(Math.abs((data[row * width + i] as number) - value)).toBeLessThanOrEqual(1e-6 * Math.abs(value));
      });
    }
  });

  it("of large, small and no numbers is finite", async () => {
    const row = [0, -0, 1e-38, -1e-38, 88, -88, 1e4, -1e4, 3e38, -3e38];
    const { data } = await applied(name, ndarray(Float32Array.from(row), [1, row.length]));
    expect([...data].every(Number.isFinite)).toBe(true);
  });

  it("is the same in a dense layer and in a layer of its own", async () => {
    const x = matrix(9, 5, 3, -3, 3);
    const dense = (activation: string) => layers.dense({ units: 7, activation, inputShape: [5] });
    const [inside, outside] = [
      new Sequential([dense(name)], { seed: 1 }),
      new Sequential([dense("linear"), layers.activation({ activation: name })], { seed: 1 }),
    ];
    expect(bits([await inside.predict(x)])).toEqual(bits([await outside.predict(x)]));
  });

  it("may be given as an object", async () => {
    const x = matrix(2, 5, 3);
    const model = new Sequential([layers.activation({ activation: activations[name], inputShape: [5] })]);
    expect(await model.predict(x)).toEqual(await applied(name, x));
  });

  it("has its own name", () => {
    expect(activations[name].name).toBe(name);
  });
});

function applied(activation: string, x: ReturnType<typeof matrix>) {
  return new Sequential([layers.activation({ activation, inputShape: x.shape.slice(1) })]).predict(x);
}
