/** Dropout in training: how much it drops, what it makes of the rest, and when it drops something else. */
import { describe, expect, it } from "vitest";
import { layers, ndarray, optimizers, Sequential } from "../../src/index.js";
import { expectClose, expectSameBits } from "../assembly/expect.js";
import { matrix } from "../helpers/data.js";
import { readVectors } from "../helpers/fixtures.js";
import { runInTraining } from "../helpers/layer-run.js";
import { bits } from "../helpers/weights.js";

const ALPHA_PRIME = -1.6732632423543772 * 1.0507009873554805;
const ROWS = 10;
const WIDTH = 1000;

type Dropping = "dropout" | "alphaDropout";

/**
 * What the layer makes of rows of ones, each in a batch of its own: the gradient of a kernel behind it, which stands at 0
 * and misses its target by ½.
 */
async function dropped(kind: Dropping, rate: number, { seed = 1, batch = 0, before = 0 } = {}): Promise<Float32Array> {
  const linear = () => layers.activation({ activation: "linear", inputShape: [WIDTH] });
  const model = new Sequential(
    [
      ...Array.from({ length: before }, linear),
      layers[kind]({ rate, inputShape: [WIDTH] }),
      layers.dense({ units: 1, kernelInitializer: "zeros" }),
    ],
    { seed },
  );
  model.compile({ optimizer: optimizers.sgd({ learningRate: 1 }), loss: "meanSquaredError" });
  const outputs = new Float32Array(ROWS * WIDTH);
  const ones = ndarray(new Float32Array(WIDTH).fill(1), [1, WIDTH]);
  for (let row = 0; row < ROWS; row++) {
    for (let skipped = 0; skipped < batch; skipped++) await model.trainOnBatch(ones, [0]);
    const zeros = model.getWeights().map(({ data, shape }) => ndarray(new Float32Array(data.length), shape));
    model.setWeights(zeros);
    await model.trainOnBatch(ones, [-0.5]);
    outputs.set(model.getWeights()[0]?.data.map((value) => -value) ?? [], row * WIDTH);
  }
  return outputs;
}

describe.each<[Dropping, (rate: number) => [kept: number, dropped: number]]>([
  ["dropout", (rate) => [1 / (1 - rate), 0]],
  [
    "alphaDropout",
    (rate) => {
      const a = 1 / Math.sqrt((1 - rate) * (1 + rate * ALPHA_PRIME ** 2));
      const b = -a * ALPHA_PRIME * rate;
      return [a + b, a * ALPHA_PRIME + b];
    },
  ],
])("%s", (kind, values) => {
  it.each([0.1, 0.5, 0.9])("of %d makes two values of ones, in the right shares", async (rate) => {
    const outputs = await dropped(kind, rate);
    const [kept, gone] = values(rate);
    const isGone = (value: number) => Math.abs(value - gone) < Math.abs(value - kept);
    expectClose(
      outputs,
      outputs.map((value) => (isGone(value) ? gone : kept)),
      1e-6 * Math.abs(kept),
    );
    const count = outputs.filter(isGone).length;
    // 10,000 draws have a deviation of at most 0.005
    expect(Math.abs(count / outputs.length - rate)).toBeLessThan(0.02);
  });

  it("of 0 is nothing", async () => {
    expect([...(await dropped(kind, 0))].every((value) => value === 1)).toBe(true);
  });

  it("drops other values in another batch, with another seed and in another place", async () => {
    const runs = await Promise.all([
      dropped(kind, 0.5),
      dropped(kind, 0.5, { batch: 1 }),
      dropped(kind, 0.5, { seed: 2 }),
      dropped(kind, 0.5, { seed: 1 + 2 ** 32 }),
      dropped(kind, 0.5, { before: 1 }),
    ]);
    expectSameBits(await dropped(kind, 0.5), runs[0] as Float32Array);
    const patterns = runs.map((outputs) => Array.from(outputs, (value) => value > 0.5).join());
    expect(new Set(patterns).size).toBe(runs.length);
  });

  it("does nothing in prediction", async () => {
    const x = matrix(9, 7, 1);
    const model = new Sequential([layers[kind]({ rate: 0.5, inputShape: [7] })]);
    expect(bits([await model.predict(x)])).toEqual(bits([x]));
  });
});

interface OnnxVector {
  readonly name: string;
  readonly op_type: string;
  readonly inputs: readonly [
    x: { readonly shape: number[]; readonly data: unknown[] },
    ratio?: { readonly data: number },
    training?: object,
  ];
  readonly outputs: readonly [y: { readonly data: unknown[] }];
}

describe("as ONNX does", async () => {
  const vectors = (await readVectors<OnnxVector>("onnx-layers.json")).filter(({ op_type: kind }) => kind === "Dropout");
  it.each(vectors)("$name", async ({ inputs: [input, ratio, training], outputs: [output] }) => {
    const x = ndarray(Float32Array.from(input.data.flat(9) as number[]), input.shape);
    const expected = output.data.flat(9) as number[];
    const rate = ratio?.data ?? 0.5;
    const layer = layers.dropout({ rate, inputShape: x.shape.slice(1) });
    if (!training) {
      expect([...(await new Sequential([layer]).predict(x)).data]).toEqual([...Float32Array.from(expected)]);
      return;
    }
    // NumPy drops other values; what it keeps has our factor
    const { y } = await runInTraining(layer, x, (values) => values);
    const kept = 1 / (1 - rate);
    for (const values of [expected, y.data]) {
      values.forEach((value, i) => {
        if (value !== 0) expect(value).toBeCloseTo(kept * (x.data[i] as number), 5);
      });
    }
  });
});

it("alphaDropout keeps mean 0 and variance 1 of what has them", () => {
  for (const rate of [0.05, 0.1, 0.5]) {
    const a = 1 / Math.sqrt((1 - rate) * (1 + rate * ALPHA_PRIME ** 2));
    const b = -a * ALPHA_PRIME * rate;
    const mean = a * rate * ALPHA_PRIME + b;
    const square = (1 - rate) * (a * a + b * b) + rate * (a * ALPHA_PRIME + b) ** 2;
    expect(mean).toBeCloseTo(0, 12);
    expect(square - mean * mean).toBeCloseTo(1, 12);
  }
});
