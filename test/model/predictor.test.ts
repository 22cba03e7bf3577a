/** Saved models that are only asked, with no more kernels than `lanewise/predict` brings. */
import { beforeAll, describe, expect, it } from "vitest";
import {
  activations,
  FormatError,
  type Layer,
  layers,
  type NDArray,
  Sequential,
  ShapeError,
  StateError,
} from "../../src/index.js";
import { loadModel } from "../../src/model/predictor.js";
import type { ModelArtifacts } from "../../src/saving/artifacts.js";
import { core } from "../../src/wasm/binaries/core.js";
import { prediction } from "../../src/wasm/binaries/prediction.js";
import { instantiate, provideCore, provideCoreIfNone } from "../../src/wasm/instantiate.js";
import { tensor } from "../helpers/data.js";
import { everyLayerAndShape } from "../helpers/every-layer.js";
import { expectFailure } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

type Case = readonly [name: string, inputShape: readonly number[], make: () => Layer];
const cases: readonly Case[] = [
  ...everyLayerAndShape,
  ...Object.keys(activations).map((name): Case => [name, [2, 5], () => layers.activation({ activation: name })]),
  ["dense of one output", [7], () => layers.dense({ units: 1, activation: "sigmoid" })],
  ["dense with a penalty", [7], () => layers.dense({ units: 9, kernelRegularizer: "l2", activityRegularizer: "l1" })],
  ["dense with a constraint", [7], () => layers.dense({ units: 4, kernelConstraint: "maxNorm" })],
  ["categoryEncoding", [3], () => layers.categoryEncoding({ numTokens: 2 })],
  ["a model", [7], () => new Sequential([layers.dense({ units: 3, activation: "tanh" }), layers.dense({ units: 2 })])],
];

const saved = new Map<string, { artifacts: ModelArtifacts; x: NDArray; expected: NDArray<Float32Array> }>();

/** Saves a model of the layer between others, and what it answers. */
async function save([name, inputShape, make]: Case): Promise<void> {
  const model = new Sequential(
    [layers.inputLayer({ inputShape }), make(), layers.activation({ activation: "linear" })],
    {
      seed: 3,
    },
  );
  model.compile({ optimizer: "adam", loss: "meanSquaredError", metrics: ["accuracy"] });
  const x = tensor([5, ...inputShape], 7);
  if (name === "categoryEncoding") x.data.fill(1);
  saved.set(name, {
    artifacts: await model.toArtifacts({ includeOptimizer: true }),
    x,
    expected: await model.predict(x),
  });
}

beforeAll(async () => {
  provideCore("exact", core);
  for (const one of cases) await save(one);
  provideCore("exact", prediction);
});

it.each(cases.map(([name]) => name))("%s predicts the same", async (name) => {
  const { artifacts, x, expected } = saved.get(name) as NonNullable<ReturnType<typeof saved.get>>;
  const model = await loadModel(artifacts);
  expect([model.inputShape, model.outputShape]).toEqual([x.shape.slice(1), expected.shape.slice(1)]);
  for (let times = 0; times < 2; times++) expectSameWeights([await model.predict(x)], [expected]);
});

describe("a saved model", () => {
  const digits = () => saved.get("dense of one output") as NonNullable<ReturnType<typeof saved.get>>;

  it("is asked by several at once, for no rows and for many", async () => {
    const model = await loadModel(digits().artifacts);
    const many = tensor([700, 7], 9);
    const [first, second, none] = await Promise.all([
      model.predict(digits().x),
      model.predict(many),
      model.predict(tensor([0, 7], 1)),
    ]);
    expectSameWeights([first], [digits().expected]);
    const last = { ...many, shape: [1, 7], data: many.data.slice(699 * 7) };
    expect([...second.data.slice(699)]).toEqual([...(await model.predict(last)).data]);
    expect(none.shape).toEqual([0, 1]);
  });

  it("says what it is, and what was kept with it", async () => {
    const model = new Sequential([layers.dense({ units: 2, inputShape: [3] })], { name: "pets" });
    model.setUserDefinedMetadata({ classes: ["cat", "dog"] });
    provideCore("exact", core);
    const artifacts = await model.toArtifacts();
    provideCore("exact", prediction);
    const loaded = await loadModel({ load: async () => artifacts });
    expect(loaded.name).toBe("pets");
    expect(loaded.layers.map(({ className }) => className)).toEqual(["Dense"]);
    expect(loaded.getUserDefinedMetadata()).toEqual({ classes: ["cat", "dog"] });
    expect(loaded.byteLength).toBeGreaterThan(0);
  });

  it("refuses what does not fit, and goes on", async () => {
    const model = await loadModel(digits().artifacts);
    const wide = tensor([2, 8], 1);
    await expectFailure(() => model.predict(wide), ShapeError, "x: expected shape [?, 7], got [2, 8]");
    const nan = tensor([2, 7], 1);
    nan.data[9] = Number.NaN;
    await expectFailure(() => model.predict(nan), RangeError, "x: expected finite numbers, got NaN in row 1, column 2");
    expectSameWeights([await model.predict(digits().x)], [digits().expected]);
  });

  it("is gone when it has been disposed", async () => {
    const model = await loadModel(digits().artifacts);
    model.dispose();
    expect(model.byteLength).toBe(0);
    await expectFailure(() => model.predict(digits().x), StateError, "predict: the model has been disposed");
  });

  it("is refused when it is damaged", async () => {
    const { weightData, ...rest } = digits().artifacts;
    await expectFailure(
      () => loadModel({ ...rest, weightData: weightData.slice(4) }),
      FormatError,
      "model artifacts: expected 100 bytes of weights, got 96",
    );
  });
});

it("a part of the core does not take the place of all of it", () => {
  const has = (kernel: string) => kernel in instantiate("exact").kernels;
  provideCore("exact", prediction);
  expect([has("reluForward"), has("reluBackward")]).toEqual([true, false]);
  provideCore("exact", core);
  provideCoreIfNone("exact", prediction);
  expect(has("reluBackward")).toBe(true);
});
