/** What holds for every layer that augments images. */
import { describe, expect, it } from "vitest";
import { LanewiseError, type Layer, layers, Sequential, ShapeError } from "../../../src/index.js";
import type { Values } from "../../../src/layers/layer.js";
import { augmented, type Showing } from "../../helpers/augmented.js";
import { classNumbers, tensor } from "../../helpers/data.js";
import { expectFailure } from "../../helpers/failure.js";
import { bits, expectSameWeights } from "../../helpers/weights.js";
import { members } from "./members.js";

const x = tensor([8, 7, 9, 2], 1);
const labels = classNumbers(8, 3, 2);

describe.each(members)("%s", (name, make) => {
  const show = async (layer: Layer | readonly Layer[] = make(), showing: Showing = {}): Promise<string[]> =>
    (await augmented([layer].flat(), x, showing)).map((image) => image.join());

  it("changes each image its own way, and keeps its shape", async () => {
    const [shown, given] = [await show(), await show([])];
    expect(new Set(shown).size).toBe(8);
    expect(shown.filter((image, row) => image !== given[row]).length).toBeGreaterThan(6);
    expect(make().outputShape([7, 9, 2])).toEqual([7, 9, 2]);
    expect(make().outputShape([7, 9])).toEqual([7, 9]);
  });

  it("does the same again, and another thing in another batch, with another seed and in another place", async () => {
    const runs = await Promise.all([
      show(),
      show(make(), { batches: 1 }),
      show(make(), { seed: 2 }),
      show(make(), { seed: 1 + 2 ** 32 }),
      show([layers.activation({ activation: "linear" }), make()]),
    ]);
    expect(await show()).toEqual(runs[0]);
    expect(new Set(runs.map((run) => run.join())).size).toBe(runs.length);
  });

  it("does what its own seed says, whatever the seed of training", async () => {
    const seeded = await show(make({ seed: 5 }));
    expect(await show(make({ seed: 5 }), { seed: 9 })).toEqual(seeded);
    expect(await show([layers.activation({ activation: "linear" }), make({ seed: 5 })])).toEqual(seeded);
    expect(await show(make({ seed: 5 }), { batches: 1 })).not.toEqual(seeded);
    expect(await show(make({ seed: 6 }))).not.toEqual(seeded);
  });

  it("does to a row what it does to it in a smaller batch", async () => {
    const { shape, data } = x;
    const half = { ...x, shape: [4, ...shape.slice(1)], data: data.slice(0, data.length / 2) };
    const shown = await augmented([make({ seed: 5 })], half);
    expect(shown.map((image) => image.join())).toEqual((await show(make({ seed: 5 }))).slice(0, 4));
  });

  it("does nothing in prediction and in evaluation", async () => {
    const model = new Sequential([make({ inputShape: [7, 9, 2] })]);
    expect(bits([await model.predict(x)])).toEqual(bits([x]));
    const [plain, with_] = [classifier([]), classifier([make()])];
    expect(await with_.evaluate(x, labels)).toEqual(await plain.evaluate(x, labels));
  });

  it("trains in one go as in parts, and leaves the data as it is", async () => {
    const [whole, parts] = [classifier([make()]), classifier([make()])];
    const before = x.data.slice();
    const { history } = await whole.fit(x, labels, { epochs: 3, batchSize: 3 });
    const first = await parts.fit(x, labels, { epochs: 1, batchSize: 3 });
    const second = await parts.fit(x, labels, { epochs: 3, batchSize: 3, initialEpoch: 1 });
    expectSameWeights(parts.getWeights(), whole.getWeights());
    expect([first.history.loss, second.history.loss].flat()).toEqual(history.loss);
    expect(x.data).toEqual(before);
  });

  it.each([[[63]], [[2, 3, 3, 7]]])("takes no samples of shape %j", async (inputShape) => {
    const { className } = make();
    await expectFailure(
      () => new Sequential([make({ inputShape })]),
      ShapeError,
      `${className}: expected samples of shape [height, width] or [height, width, channels], got [${inputShape.join(", ")}]`,
    );
  });

  it("lets no layer that learns stand before it", async () => {
    const learning: Layer = {
      ...layers.activation({ activation: "linear", inputShape: [2, 2] }),
      plan: ({ input }) => [{ output: input as Values, learns: true, forward() {}, backward() {} }],
    };
    const model = new Sequential([learning, make(), layers.flatten()]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    const place = model.layers[1]?.className.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
    await expectFailure(
      () => model.fit(tensor([2, 2, 2], 1), tensor([2, 4], 1)),
      LanewiseError,
      `${place}: a layer that augments images passes no gradient, so none that learns may stand before it`,
    );
    expect((await model.predict(tensor([2, 2, 2], 1))).shape).toEqual([2, 4]);
  });

  it("saves and loads back equal, with Keras's names, and shows the same", async () => {
    const model = classifier([make({ seed: 3 })]);
    const artifacts = await model.toArtifacts();
    const back = await Sequential.load(artifacts);
    expect(await back.toArtifacts()).toEqual(artifacts);
    const layer = back.layers.find(({ className }) => className.toLowerCase() === name.toLowerCase()) as Layer;
    expect(layer.config).toEqual(make({ seed: 3 }).config);
    expect(await show(layer)).toEqual(await show(make({ seed: 3 })));
  });
});

function classifier(stack: readonly Layer[]): Sequential {
  const model = new Sequential(
    [
      layers.rescaling({ scale: 0.5, inputShape: [7, 9, 2] }),
      ...stack,
      layers.flatten(),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { seed: 1 },
  );
  model.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}
