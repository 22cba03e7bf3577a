/** Noise in training: its statistics, its seed, and the values that share it. */
import { describe, expect, it } from "vitest";
import { type Layer, layers, type NDArray, ndarray, Sequential } from "../../src/index.js";
import { expectClose, expectSameBits } from "../assembly/expect.js";
import { correlation, deviation, mean } from "../assembly/statistics.js";
import { matrix } from "../helpers/data.js";
import { runInTraining } from "../helpers/layer-run.js";

const ROWS = 60;
const WIDTH = 101;
const MANY = ROWS * WIDTH;

/** What the layer makes of ones, or other numbers, in a first batch. */
async function noisy(layer: Layer, { seed = 1, x = ones([ROWS, WIDTH]) } = {}): Promise<Float32Array> {
  return (await runInTraining(layer, x, (y) => y, { seed })).y.data;
}

describe("gaussianNoise", () => {
  it.each([0.1, 1, 3])("of %d adds numbers of mean 0 and that deviation, within 4 deviations", async (stddev) => {
    const y = await noisy(layers.gaussianNoise({ stddev }));
    expect(Math.abs(mean(y) - 1)).toBeLessThan((4 * stddev) / Math.sqrt(MANY));
    expect(Math.abs(deviation(y) - stddev)).toBeLessThan((4 * stddev) / Math.sqrt(2 * MANY));
  });

  it("adds the same to whatever it gets", async () => {
    const x = matrix(ROWS, WIDTH, 3);
    const [plain, other] = [
      await noisy(layers.gaussianNoise({ stddev: 1 })),
      await noisy(layers.gaussianNoise({ stddev: 1 }), { x }),
    ];
    const added = other.map((value, i) => value - (x.data[i] as number) + 1);
    expectClose(plain, added, 1e-6);
  });
});

describe("gaussianDropout", () => {
  it.each([0.1, 0.5, 0.8])("of %d multiplies by numbers of mean 1 and deviation √(p / (1 - p))", async (rate) => {
    const y = await noisy(layers.gaussianDropout({ rate }));
    const spread = Math.sqrt(rate / (1 - rate));
    expect(Math.abs(mean(y) - 1)).toBeLessThan((4 * spread) / Math.sqrt(MANY));
    expect(Math.abs(deviation(y) - spread)).toBeLessThan((4 * spread) / Math.sqrt(2 * MANY));
    const doubled = await noisy(layers.gaussianDropout({ rate }), { x: ones([ROWS, WIDTH], 2) });
    expectSameBits(
      doubled,
      y.map((value) => 2 * value),
    );
  });
});

describe("dropout of all", () => {
  it("leaves nothing", async () => {
    expect(new Set(await noisy(layers.dropout({ rate: 1 })))).toEqual(new Set([0]));
  });
});

const kinds: readonly (readonly [string, (options: { seed?: number }) => Layer])[] = [
  ["gaussianNoise", (options) => layers.gaussianNoise({ stddev: 1, ...options })],
  ["gaussianDropout", (options) => layers.gaussianDropout({ rate: 0.5, ...options })],
  ["dropout", (options) => layers.dropout({ rate: 0.5, ...options })],
  ["alphaDropout", (options) => layers.alphaDropout({ rate: 0.5, ...options })],
];

describe.each(kinds)("%s", (_, make) => {
  it("draws other numbers with another seed of the model or of its own, uncorrelated within 4 deviations", async () => {
    const runs = [
      await noisy(make({})),
      await noisy(make({}), { seed: 2 }),
      await noisy(make({ seed: 1 })),
      await noisy(make({ seed: 2 })),
      await noisy(make({ seed: 1 + 2 ** 32 })),
    ];
    runs.forEach((first, i) => {
      for (const second of runs.slice(i + 1)) {
        expect(Math.abs(correlation(first, second))).toBeLessThan(4 / Math.sqrt(MANY));
      }
    });
  });

  it("draws other numbers for each row", async () => {
    const y = await noisy(make({}));
    const [first, second] = [y.slice(0, -WIDTH), y.slice(WIDTH)];
    expect(Math.abs(correlation(first, second))).toBeLessThan(4 / Math.sqrt(MANY - WIDTH));
  });

  it("with a seed draws the same, whatever the model's seed and its place", async () => {
    const expected = await noisy(make({ seed: 7 }));
    expectSameBits(await noisy(make({ seed: 7 }), { seed: 99 }), expected);
  });

  it("with a seed draws other numbers in another batch", async () => {
    const model = new Sequential(
      [layers.dense({ units: 5, inputShape: [4] }), make({ seed: 7 }), layers.dense({ units: 1 })],
      { seed: 1 },
    );
    model.compile({ optimizer: "sgd", loss: "mse" });
    const [x, y] = [matrix(6, 4, 1), matrix(6, 1, 2)];
    const start = model.getWeights();
    const step = async () => {
      model.setWeights(start);
      return (await model.trainOnBatch(x, y)).loss;
    };
    expect(await step()).not.toBe(await step());
  });

  it("does nothing in prediction", async () => {
    const x = matrix(9, 7, 1);
    const model = new Sequential([{ ...make({ seed: 3 }), inputShape: [7] }]);
    expect((await model.predict(x)).data).toEqual(x.data);
  });

  it("refuses a seed that is none", () => {
    for (const seed of [-1, 0.5]) expect(() => make({ seed })).toThrow("seed: expected an integer from 0 to 2^53 - 1");
  });
});

describe("noiseShape", () => {
  const x = ones([40, 6, 5]);
  const at = (y: Float32Array, i: number, j: number, k: number) => y[(i * 6 + j) * 5 + k] as number;

  it.each([
    ["columns", [null, 1, null], (i: number, _: number, k: number) => [i, 0, k]],
    ["columns, with the sizes of all axes", [40, 1, 5], (i: number, _: number, k: number) => [i, 0, k]],
    ["rows", [null, 6, 1], (i: number, j: number) => [i, j, 0]],
    ["samples", [null, 1, 1], (i: number) => [i, 0, 0]],
    ["values of all samples", [1, null, null], (_: number, j: number, k: number) => [0, j, k]],
    ["all", [1, 1, 1], () => [0, 0, 0]],
  ] as const)("shares one draw within %s", async (_, noiseShape, place) => {
    for (const layer of [layers.dropout({ rate: 0.5, noiseShape }), layers.alphaDropout({ rate: 0.5, noiseShape })]) {
      const y = await noisy(layer, { x });
      const first = y.map((_, index) => {
        const [i, j, k] = [Math.floor(index / 30), Math.floor(index / 5) % 6, index % 5];
        return at(y, ...(place(i, j, k) as [number, number, number]));
      });
      expectSameBits(y, first);
      const seen = new Set(y);
      expect(seen.size).toBe(noiseShape.every((size) => size === 1) ? 1 : 2);
    }
  });

  it("of the whole shape draws what none draws", async () => {
    for (const make of [layers.dropout, layers.alphaDropout]) {
      const expected = await noisy(make({ rate: 0.3 }), { x });
      expectSameBits(await noisy(make({ rate: 0.3, noiseShape: [null, 6, 5] }), { x }), expected);
    }
  });

  it("is refused where it does not fit", () => {
    expect(() => layers.dropout({ rate: 0.5, noiseShape: "all" as never })).toThrow(
      'dropout: noiseShape: expected an array of integers and nulls, got "all"',
    );
    expect(() => layers.dropout({ rate: 0.5, noiseShape: [0] })).toThrow(RangeError);
    for (const noiseShape of [[null, 2], [null, 1, 3], [null]]) {
      expect(() => new Sequential([layers.dropout({ rate: 0.5, noiseShape, inputShape: [2, 2] })])).toThrow(
        "dropout: noiseShape: expected null, 1 or the size for each axis of [?, 2, 2], got",
      );
    }
  });
});

function ones(shape: readonly number[], value = 1): NDArray<Float32Array> {
  return ndarray(new Float32Array(shape.reduce((a, b) => a * b)).fill(value), shape);
}
