/** Models as layers of other models. */
import { describe, expect, it } from "vitest";
import { type Layer, layers, ndarray, optimizers, Sequential, ShapeError, StateError } from "../../src/index.js";
import { x, y } from "../helpers/classifier.js";
import { matrix } from "../helpers/data.js";
import { expectFailure } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

const compiled = { optimizer: "adam", loss: "categoricalCrossentropy", metrics: ["accuracy"] } as const;

/** 4-5-6, with layers that remember nothing in front, and dropout. */
function makeFront(options: { readonly name?: string; readonly seed?: number } = {}): Sequential {
  return new Sequential(
    [
      layers.rescaling({ scale: 0.5, inputShape: [4] }),
      layers.dense({ units: 5, activation: "tanh" }),
      layers.dropout({ rate: 0.2 }),
      layers.dense({ units: 6, activation: "relu" }),
    ],
    options,
  );
}

const makeHead = (): Layer => layers.dense({ units: 3, activation: "softmax" });

/** The same layers in one model. */
function makeFlat(seed: number): Sequential {
  const model = new Sequential([...makeFront().layers, makeHead()], { seed });
  model.compile(compiled);
  return model;
}

function makeNested(front: Sequential, seed = 1): Sequential {
  const model = new Sequential([front, makeHead()], { seed });
  model.compile(compiled);
  return model;
}

describe("a model of models", () => {
  it("does to the bit what one of all its layers does", async () => {
    const [nested, flat] = [makeNested(makeFront()), makeFlat(1)];
    expectSameWeights(nested.getWeights(), flat.getWeights());
    const options = { epochs: 3, batchSize: 4, validationData: [x, y] } as const;
    expect((await nested.fit(x, y, options)).history).toEqual((await flat.fit(x, y, options)).history);
    expect(await nested.trainOnBatch(x, y)).toEqual(await flat.trainOnBatch(x, y));
    expect(await nested.evaluate(x, y)).toEqual(await flat.evaluate(x, y));
    expect(await nested.predict(x)).toEqual(await flat.predict(x));
    expectSameWeights(nested.getWeights(), flat.getWeights());
  });

  it("may be as deep as one likes", async () => {
    const inner = makeFront();
    const [deep, flat] = [makeNested(new Sequential([new Sequential([inner])])), makeFlat(1)];
    for (const model of [deep, flat]) await model.fit(x, y, { epochs: 2 });
    expectSameWeights(deep.getWeights(), flat.getWeights());
    expectSameWeights(inner.getWeights(), flat.getWeights().slice(0, 4));
  });

  it("takes the shape of its input from the data, if nothing else tells", async () => {
    const inner = new Sequential([layers.dense({ units: 2 })]);
    const model = new Sequential([inner, layers.dense({ units: 3 })]);
    expect((await model.predict(x)).shape).toEqual([6, 3]);
    expect((await inner.predict(x)).shape).toEqual([6, 2]);
    const other = new Sequential([new Sequential([layers.dense({ units: 2 })]), layers.flatten()]);
    expect((await other.predict(matrix(2, 9, 1))).shape).toEqual([2, 2]);
  });

  it("draws the weights of an inner model with a seed from that seed, whoever makes them", () => {
    const alone = makeFront({ seed: 7 });
    const front = makeFront({ seed: 7 });
    const model = makeNested(front, 1);
    expectSameWeights(model.getWeights().slice(0, 4), alone.getWeights());
    expectSameWeights(front.getWeights(), alone.getWeights());
  });

  it("has a row for each in its summary, with all their parameters", () => {
    const texts: string[] = [];
    const front = makeFront();
    const [, first] = front.layers as [Layer, Layer];
    first.trainable = false;
    makeNested(front).summary((text) => texts.push(text));
    expect(texts[0]).toMatch(/sequential \(Sequential\) +│ \(None, 6\) +│ +61 │/);
    expect(texts[0]).toMatch(/ Trainable params: 57 .*\n Non-trainable params: 25 /);
  });

  it("numbers models without a name, and tells two of one name", async () => {
    const dense = (units: number, input?: number) => layers.dense({ units, ...(input && { inputShape: [input] }) });
    const model = new Sequential([new Sequential([dense(2, 3)]), new Sequential([dense(1)]), dense(4)]);
    const back = await Sequential.load(await model.toArtifacts());
    expect(back.layers.map(({ name }) => name)).toEqual(["sequential", "sequential_1", "dense"]);
    const inner = back.layers.slice(0, 2) as Sequential[];
    expect(inner.map(({ layers: [only] }) => only?.name)).toEqual(["dense", "dense"]);
    const named = () => new Sequential([dense(2, 2)], { name: "twin" });
    await expectFailure(() => new Sequential([named(), named()]), RangeError, "two layers have the name 'twin'");
  });
});

describe("the weights of an inner model", () => {
  it("are shared: training either changes what both predict", async () => {
    const front = makeFront({ seed: 3 });
    const model = makeNested(front);
    const before = await front.predict(x);
    await model.fit(x, y, { epochs: 2 });
    expectSameWeights(front.getWeights(), model.getWeights().slice(0, 4));
    expect(await front.predict(x)).not.toEqual(before);

    front.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    const outputs = await model.predict(x);
    await front.trainOnBatch(x, matrix(6, 6, 3));
    expectSameWeights(model.getWeights().slice(0, 4), front.getWeights());
    expect(await model.predict(x)).not.toEqual(outputs);

    front.setWeights(front.getWeights().map(({ data, shape }) => ndarray(new Float32Array(data.length), shape)));
    expect(await model.predict(x)).not.toEqual(outputs);
    expect([...(model.getWeights()[0]?.data ?? [])].every((value) => value === 0)).toBe(true);
  });

  it("that are there already are taken over", async () => {
    const front = makeFront({ seed: 3 });
    const outputs = await front.predict(x);
    const model = new Sequential([front]);
    expect(await model.predict(x)).toEqual(outputs);
  });

  it("are shared by two models that it stands in", async () => {
    const front = makeFront();
    const [one, other] = [makeNested(front, 1), makeNested(front, 2)];
    await one.fit(x, y);
    await other.fit(x, y);
    expectSameWeights(one.getWeights().slice(0, 4), other.getWeights().slice(0, 4));
    expectSameWeights(front.getWeights(), other.getWeights().slice(0, 4));
  });

  it("can be seen while the outer model is trained, and not changed", async () => {
    const front = makeFront();
    const model = makeNested(front);
    let checked = 0;
    const onBatchEnd = async () => {
      expectSameWeights(front.getWeights(), model.getWeights().slice(0, 4));
      const message = "setWeights: fit is running on a model that shares weights with this one";
      await expectFailure(() => front.setWeights(front.getWeights()), StateError, message);
      checked++;
    };
    await model.fit(x, y, { batchSize: 2, callbacks: { onBatchEnd } });
    expect(checked).toBe(3);
    front.setWeights(front.getWeights());
  });

  it("stay when it is frozen under a new head", async () => {
    const front = makeFront();
    const model = makeNested(front);
    const before = model.getWeights();
    front.trainable = false;
    await model.fit(x, y, { epochs: 2 });
    expectSameWeights(model.getWeights().slice(0, 4), before.slice(0, 4));
    expect(model.getWeights()[4]).not.toEqual(before[4]);
    front.trainable = true;
    (front.layers[1] as Layer).trainable = false;
    await model.fit(x, y);
    expectSameWeights(model.getWeights().slice(0, 2), before.slice(0, 2));
    expect(model.getWeights()[2]).not.toEqual(before[2]);
  });

  it("stay when one of the models is disposed", async () => {
    const front = makeFront();
    const model = makeNested(front);
    await model.fit(x, y);
    const [weights, outputs] = [model.getWeights(), await model.predict(x)];
    model.dispose();
    expectSameWeights(front.getWeights(), weights.slice(0, 4));
    const other = makeNested(front);
    other.setWeights(weights);
    front.dispose();
    expect(await other.predict(x)).toEqual(outputs);
  });
});

describe("a saved model of models", () => {
  it("comes back the same, nested as TensorFlow.js does it", async () => {
    const front = makeFront({ name: "front" });
    (front.layers[3] as Layer).trainable = false;
    const model = makeNested(new Sequential([front]));
    await model.fit(x, y);
    const artifacts = await model.toArtifacts();
    expect(artifacts.modelTopology).toMatchObject({
      class_name: "Sequential",
      config: {
        layers: [
          { class_name: "Sequential", config: { layers: [{ class_name: "Sequential", config: { name: "front" } }] } },
          { class_name: "Dense" },
        ],
      },
    });
    const back = await Sequential.load(artifacts);
    expect(await back.toArtifacts()).toEqual(artifacts);
    expect(await back.predict(x)).toEqual(await model.predict(x));
    const [outer] = back.layers as [Sequential];
    const [inner] = outer.layers as [Sequential];
    expect(inner.name).toBe("front");
    expect(inner.layers.map(({ trainable }) => trainable)).toEqual([true, true, true, false]);
    expectSameWeights(inner.getWeights(), front.getWeights());
  });
});

describe("a model refuses", () => {
  it("itself, and a model that it is a layer of", async () => {
    const [inner, outer] = [makeFront(), new Sequential()];
    const message = "add: a model can't be a layer of itself";
    await expectFailure(() => inner.add(inner), RangeError, message);
    outer.add(inner);
    await expectFailure(() => inner.add(outer), RangeError, message);
    inner.add(layers.dense({ units: 2 }));
    expect((await outer.predict(x)).shape).toEqual([6, 2]);
    await expectFailure(
      () => inner.add(layers.dense({ units: 2 })),
      StateError,
      "add: the model has its weights already; add layers before it is used",
    );
  });

  it("one that is disposed, that is empty or that does not fit", async () => {
    const disposed = makeFront();
    disposed.dispose();
    await expectFailure(() => new Sequential([disposed]), StateError, "add: the model has been disposed");
    const empty = "add: the model has no layers yet; add some to it first";
    await expectFailure(() => new Sequential([new Sequential()]), StateError, empty);
    const dense = layers.dense({ units: 3, inputShape: [4] });
    const misfit = "sequential: inputShape [4] was given, but the layer before gives [3]";
    await expectFailure(() => new Sequential([dense, makeFront()]), ShapeError, misfit);
  });

  it("to be trained while a model that shares its weights is", async () => {
    const front = makeFront();
    const model = makeNested(front);
    front.compile({ optimizer: optimizers.sgd(), loss: "meanSquaredError" });
    const training = model.fit(x, y, { epochs: 3 });
    const message = (method: string) => `${method}: fit is running on a model that shares weights with this one`;
    await expectFailure(() => front.fit(x, matrix(6, 6, 1)), StateError, message("fit"));
    await expectFailure(() => front.trainOnBatch(x, matrix(6, 6, 1)), StateError, message("trainOnBatch"));
    await training;
    await front.fit(x, matrix(6, 6, 1));
  });
});
