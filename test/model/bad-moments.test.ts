/** Calls at the wrong moment: too early, too late, or while the model trains. */
import { describe, expect, it } from "vitest";
import { layers, Sequential, StateError } from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { expectFailure } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

type Call = readonly [what: string, call: (model: Sequential) => unknown];

const uses: readonly Call[] = [
  ["fit", (model) => model.fit(x, y)],
  ["evaluate", (model) => model.evaluate(x, y)],
  ["trainOnBatch", (model) => model.trainOnBatch(x, y)],
  ["predict", (model) => model.predict(x)],
  ["getWeights", (model) => model.getWeights()],
  ["setWeights", (model) => model.setWeights([])],
];
const added: Call = ["add", (model) => model.add(layers.dense({ units: 3 }))];
const compiled: Call = ["compile", (model) => model.compile({ optimizer: "sgd", loss: "mse" })];

describe("before compile", () => {
  it.each(uses.slice(0, 3))("%s is refused", async (what, call) => {
    const model = new Sequential([layers.dense({ units: 3, inputShape: [4] })]);
    const message = `${what}: the model must be compiled first: model.compile({ optimizer, loss })`;
    await expectFailure(() => call(model), StateError, message);
    model.compile({ optimizer: "sgd", loss: "mse" });
    await call(model);
  });

  it.each(uses.slice(3, 5))("%s works", async (_, call) => {
    await call(new Sequential([layers.dense({ units: 3, inputShape: [4] })]));
  });
});

describe("without layers", () => {
  it.each(uses)("%s is refused", async (_, call) => {
    const model = new Sequential();
    model.compile({ optimizer: "sgd", loss: "mse" });
    await expectFailure(() => call(model), StateError, "the model has no layers; add some first");
    model.add(layers.dense({ units: 3 }));
    await model.fit(x, y);
  });
});

describe("without an input shape", () => {
  const message = "the input shape is not known yet; give the first layer an inputShape";

  it.each(uses.slice(4))("%s is refused", async (_, call) => {
    const model = new Sequential([layers.dense({ units: 3 })]);
    await expectFailure(() => call(model), StateError, message);
    await model.predict(x);
    expect(model.getWeights()).toHaveLength(2);
  });

  it("summary is refused", async () => {
    const model = new Sequential([layers.dense({ units: 3 })]);
    await expectFailure(() => model.summary(), StateError, `summary: ${message}`);
  });
});

describe("after dispose", () => {
  it.each([...uses, added, compiled])("%s is refused", async (what, call) => {
    const model = makeClassifier();
    await model.fit(x, y);
    model.dispose();
    await expectFailure(() => call(model), StateError, `${what}: the model has been disposed`);
  });

  it("dispose may come again", () => {
    const model = makeClassifier();
    model.dispose();
    model.dispose();
  });
});

describe("during fit", () => {
  const message = (what: string) => `${what}: fit is running on this model; wait for it first`;
  const refused: readonly Call[] = [
    ...uses.filter(([what]) => what === "fit" || what === "trainOnBatch"),
    compiled,
    ["dispose", (model) => model.dispose()],
  ];

  it.each(refused)("%s is refused, and the fit goes on", async (what, call) => {
    const [model, twin] = [makeClassifier(), makeClassifier()];
    const fit = model.fit(x, y, { epochs: 2 });
    await expectFailure(() => call(model), StateError, message(what));
    const onBatchEnd = () => expectFailure(() => call(model), StateError, message(what));
    expect(await fit).toEqual(await twin.fit(x, y, { epochs: 2 }));
    await model.fit(x, y, { callbacks: { onBatchEnd } });
    await twin.fit(x, y);
    expectSameWeights(model.getWeights(), twin.getWeights());
    await call(model);
  });

  it("add is refused", async () => {
    const model = makeClassifier();
    const fit = model.fit(x, y);
    const told = "add: the model has its weights already; add layers before it is used";
    await expectFailure(() => added[1](model), StateError, told);
    await fit;
    await expectFailure(() => added[1](model), StateError, told);
  });

  it("evaluate and predict work", async () => {
    const model = makeClassifier();
    const before = await model.predict(x);
    const fit = model.fit(x, y, { epochs: 50 });
    const [during, logs] = await Promise.all([model.predict(x), model.evaluate(x, y)]);
    await fit;
    expect(during).not.toEqual(await model.predict(x));
    expect(during.shape).toEqual(before.shape);
    expect(Object.keys(logs)).toEqual(["loss", "accuracy"]);
  });

  it("a failure in a callback ends it, and the model can be trained again", async () => {
    const [model, twin] = [makeClassifier(), makeClassifier()];
    const onBatchBegin = () => {
      throw new RangeError("no more");
    };
    await expectFailure(() => model.fit(x, y, { callbacks: { onBatchBegin } }), RangeError, "no more");
    await expectFailure(
      () => model.fit(x, y, { callbacks: { onTrainBegin: () => Promise.reject(new RangeError("nor this")) } }),
      RangeError,
      "nor this",
    );
    await Promise.all([model.fit(x, y), twin.fit(x, y)]);
    expectSameWeights(model.getWeights(), twin.getWeights());
  });
});
