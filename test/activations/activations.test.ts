/** Every activation, with its defaults and with parameters: called on arrays, in models, saved and loaded. */
import { describe, expect, it } from "vitest";
import { activations, type CallableActivation, layers, type NDArray, ndarray, Sequential } from "../../src/index.js";
import { toSnakeCase } from "../../src/lookup.js";
import { Arena } from "../../src/wasm/arena.js";
import { expectEach } from "../assembly/expect.js";
import { matrix } from "../helpers/data.js";
import { expectFailure } from "../helpers/failure.js";
import { bits } from "../helpers/weights.js";
import { type Formula, formulas, type RowFormula, rowFormulas } from "./formulas.js";

type Name = keyof typeof activations;
type Options = Readonly<Record<string, number | boolean | null>>;
type Configure = (options?: Options) => CallableActivation;

/** Parameters to try. */
const parameters: Partial<Record<Name, readonly Options[]>> = {
  celu: [{ alpha: 0.3 }, { alpha: 5 }],
  elu: [{ alpha: 0.5 }, { alpha: 0 }],
  gelu: [{ approximate: true }],
  hardShrink: [{ threshold: 1.5 }],
  leakyRelu: [{ negativeSlope: 0.01 }, { negativeSlope: 0 }, { negativeSlope: -0.5 }],
  relu: [
    { negativeSlope: 0.25, maxValue: 2, threshold: 0.5 },
    { maxValue: 6 },
    { threshold: -1 },
    { maxValue: 1, threshold: 3 },
    { negativeSlope: 0.1, maxValue: null },
  ],
  softmax: [{ axis: 1 }],
  softShrink: [{ threshold: 0 }],
  squareplus: [{ b: 0.5 }],
  threshold: [{ threshold: 1, defaultValue: -20 }],
};

const members = (Object.keys(activations) as Name[]).flatMap((name) =>
  [{}, ...(parameters[name] ?? [])].map((options: Options) => ({ name, options })),
);

describe.each(members)("$name $options", ({ name, options }) => {
  const configure = activations[name] as Configure;
  const activation = configure(options);

  it("of an array is its formula to 1e-6 of the value", () => {
    for (const width of [1, 3, 4, 5, 17]) {
      const x = matrix(9, width, 3, -8, 8);
      const { data, shape } = activation(x);
      expect(shape).toEqual([9, width]);
      const expected = ofRows(x, (row) => ofRow(name, options, row));
      expectEach(data, expected, "about", (_, actual, wanted) => {
        return Math.abs(actual - wanted) <= 1e-6 * Math.max(0.1, Math.abs(wanted));
      });
    }
  });

  it("is the same called at once, in a layer of its own, and in a dense layer", async () => {
    const x = matrix(9, 5, 3, -3, 3);
    const y = bits([activation(x)]);
    expect(bits([(activations[name] as typeof activations.relu)(x, options as object)])).toEqual(y);
    expect(bits([await new Sequential([layers.activation({ activation, inputShape: [5] })]).predict(x)])).toEqual(y);
    const identity = layers.dense({ units: 5, activation, inputShape: [5], useBias: false });
    const model = new Sequential([identity]);
    model.setWeights([Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (_, j) => (i === j ? 1 : 0)))]);
    expect(bits([await model.predict(x)])).toEqual(y);
  });

  it("takes samples of any shape, one value, and none", async () => {
    const x = ndarray(matrix(3, 24, 3, -3, 3).data, [3, 2, 4, 3]);
    const y = await new Sequential([layers.activation({ activation, inputShape: [2, 4, 3] })]).predict(x);
    expect(y).toEqual(activation(x));
    expect(activation([[2]]).shape).toEqual([1, 1]);
    expect(activation(ndarray(new Float32Array(0), [4, 0]))).toEqual(ndarray(new Float32Array(0), [4, 0]));
    expect(activation(ndarray(new Float32Array(0), [0, 4]))).toEqual(ndarray(new Float32Array(0), [0, 4]));
  });

  it("has the slope of its formula to 1e-5, away from kinks", () => {
    const x = matrix(40, 5, 4, -6, 6).data;
    const dY = matrix(40, 5, 5).data;
    const dX = slopes(activation, x, dY, 40, 5);
    const kinks = new Set<number>();
    const slope = Array.from(x, (_, i) => {
      const start = i - (i % 5);
      const objective = (move: number): number => {
        const row = [...x.subarray(start, start + 5)];
        row[i - start] = (x[i] as number) + move;
        return ofRow(name, options, row).reduce((total, y, j) => total + y * (dY[start + j] as number), 0);
      };
      const [above, here, below] = [objective(1e-5), objective(0), objective(-1e-5)];
      if (Math.abs(above - 2 * here + below) > 1e-7) kinks.add(i);
      return (above - below) / 2e-5;
    });
    expectEach(dX, slope, "about", (i, actual, wanted) => {
      return kinks.has(i) || Math.abs(actual - wanted) <= 1e-5 * Math.max(1, Math.abs(wanted));
    });
    expect(kinks.size).toBeLessThan(10);
  });

  it("is found under its name in snake case, saved and loaded", async () => {
    expect(activation.name).toBe(activations[name].name);
    const named = (key: string) => layers.activation({ activation: key, inputShape: [5] });
    expect(named(toSnakeCase(name)).config).toEqual(named(name).config);
    const model = new Sequential([
      layers.dense({ units: 5, activation, inputShape: [5] }),
      layers.activation({ activation }),
    ]);
    const back = await Sequential.load(await model.toArtifacts());
    const x = matrix(4, 5, 6, -3, 3);
    expect(bits([await back.predict(x)])).toEqual(bits([await model.predict(x)]));
    expect(back.layers.map(({ config }) => config)).toEqual(model.layers.map(({ config }) => config));
  });
});

describe.each(Object.keys(formulas) as (keyof typeof formulas)[])("%s", (name) => {
  it("of extreme numbers is their limit, or NaN where infinity meets 0", () => {
    const x = [0, -0, 1e-38, -1e-38, 20, -20, 88, -88, 1e4, -1e4, 1e30, -1e30, 3e38, -3e38, Infinity, -Infinity];
    const { data } = (activations[name] as Configure)()(x);
    for (const [i, value] of x.entries()) {
      if (name === "squareplus" && value < -1e4) {
        expect(data[i]).toBeCloseTo(0);
        continue;
      }
      const wanted = Math.fround((formulas[name] as Formula)(value, {}));
      const [got = NaN, tolerance] = [data[i], Math.max(1e-6 * Math.abs(wanted), 1e-35)];
      expect(Object.is(got, wanted) || Math.abs(got - wanted) <= tolerance, `${value}: ${got}, not ${wanted}`).toBe(
        true,
      );
    }
    expect((activations[name] as Configure)()([NaN]).data).toEqual(Float32Array.of(NaN));
  });
});

describe("activations", () => {
  it("may be handed over as they are, for their defaults", async () => {
    const x = matrix(2, 5, 3);
    const model = new Sequential([
      layers.dense({ units: 4, activation: activations.gelu, inputShape: [5] }),
      layers.activation({ activation: activations.softmax }),
    ]);
    expect(model.layers.map(({ config }) => config.activation)).toEqual(["gelu", "softmax"]);
    expect((await model.predict(x)).shape).toEqual([2, 4]);
  });

  it("may be named as in TensorFlow.js", async () => {
    const x = matrix(3, 5, 1, -3, 3);
    const expected = activations.gelu(x, { approximate: true });
    for (const activation of ["gelu_new", "geluNew"]) {
      const model = new Sequential([layers.activation({ activation, inputShape: [5] })]);
      expect(await model.predict(x)).toEqual(expected);
    }
  });

  it("refuse options they don't have, or out of range", async () => {
    const wrong = (value: unknown) => value as never;
    await expectFailure(
      () => activations.relu(wrong({ slope: 1 })),
      TypeError,
      "relu: unknown option 'slope'; known: negativeSlope, maxValue, threshold",
    );
    await expectFailure(() => activations.silu(wrong({ beta: 1 })), TypeError, "silu: unknown option 'beta'; known: ");
    await expectFailure(() => activations.silu(wrong(3)), TypeError, "silu: expected an object of options, got 3");
    await expectFailure(
      () => activations.elu({ alpha: -1 }),
      RangeError,
      "elu: alpha: expected a number of at least 0, got -1",
    );
    await expectFailure(
      () => activations.celu({ alpha: 0 }),
      RangeError,
      "celu: alpha: expected a number above 0, got 0",
    );
    await expectFailure(
      () => activations.gelu({ approximate: wrong(1) }),
      TypeError,
      "gelu: approximate: expected true or false, got 1",
    );
    await expectFailure(
      () => activations.softShrink({ threshold: -1 }),
      RangeError,
      "softShrink: threshold: expected a number of at least 0, got -1",
    );
    await expectFailure(
      () => activations.squareplus({ b: -1 }),
      RangeError,
      "squareplus: b: expected a number of at least 0, got -1",
    );
    await expectFailure(
      () => activations.softmax({ axis: 0.5 }),
      RangeError,
      `softmax: axis: expected an integer of at least ${Number.MIN_SAFE_INTEGER}, got 0.5`,
    );
    await expectFailure(
      () => activations.softmax([1, 2], { axis: 1 }),
      RangeError,
      "softmax: axis: expected an integer from -1 to 0, got 1",
    );
    await expectFailure(
      () => activations.sparsemax([[1]], { axis: [0, -2] }),
      RangeError,
      "sparsemax: axis: expected different axes, got [0, -2]",
    );
    await expectFailure(() => activations.relu(wrong(["a"])), TypeError, 'relu: expected numbers, got "a"');
  });

  it("along axes take those together", () => {
    const x = ndarray(matrix(4, 6, 7).data, [2, 4, 3]);
    const y = activations.softmax(x, { axis: [0, 2] });
    for (let j = 0; j < 4; j++) {
      let total = 0;
      for (const i of [0, 1]) for (const k of [0, 1, 2]) total += y.data[i * 12 + j * 3 + k] as number;
      expect(total).toBeCloseTo(1, 6);
    }
    expect(activations.softmax(x, { axis: null }).data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
    expect(activations.softmax(x, { axis: [0, 1, 2] })).toEqual(activations.softmax(x, { axis: null }));
  });
});

function ofRow(name: Name, options: Options, row: readonly number[]): number[] {
  if (name in rowFormulas) return (rowFormulas[name as keyof typeof rowFormulas] as RowFormula)(row);
  const known = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
  const formula: Formula = formulas[name as keyof typeof formulas];
  return row.map((x) => formula(x, known as Readonly<Record<string, number>>));
}

function ofRows({ data, shape }: NDArray<Float32Array>, of: (row: readonly number[]) => number[]): number[] {
  const [rows = 0, width = 0] = shape;
  return Array.from({ length: rows }, (_, row) => of([...data.subarray(row * width, (row + 1) * width)])).flat();
}

/** dX of the activation, computed as layers do. */
function slopes(activation: CallableActivation, x: Float32Array, dY: Float32Array, rows: number, width: number) {
  const arena = new Arena();
  const stride = Math.ceil(width / 4) * 4;
  const place = (values?: Float32Array) => {
    const pointer = arena.allocate(rows * stride);
    for (let row = 0; values && row < rows; row++) {
      arena.floats(pointer, rows * stride).set(values.subarray(row * width, (row + 1) * width), row * stride);
    }
    return pointer;
  };
  const [input, output, gradient, result] = [place(x), place(), place(dY), place()];
  const shape = { rows, width, stride };
  activation.forward(arena.kernels, output, input, shape);
  activation.backward(arena.kernels, result, gradient, activation.derivativeFrom === "x" ? input : output, shape);
  return arena.floats(result, rows * stride).filter((_, i) => i % stride < width);
}
