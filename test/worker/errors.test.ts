/** Errors cross with class, message, cause and stack; what can't cross says so. */
import { describe, expect, it } from "vitest";
import {
  type CompileOptions,
  FormatError,
  type Initializer,
  initializers,
  LanewiseError,
  type Layer,
  layers,
  losses,
  type Metric,
  optimizers,
  Sequential,
  ShapeError,
  StateError,
} from "../../src/index.js";
import { receiveThrown, sendThrown } from "../../src/worker/sent-errors.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { connectClassifier, connected } from "../helpers/connected.js";
import { errorOf, expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

const across = (thrown: unknown) => receiveThrown(structuredClone(sendThrown(thrown)));

describe("an error", () => {
  it.each([LanewiseError, ShapeError, StateError, FormatError, TypeError, RangeError, SyntaxError, Error])(
    "keeps its class %o, its message and its cause",
    (Class) => {
      const sent = new Class("what happened", { cause: new RangeError("why", { cause: "plain" }) });
      const received = across(sent) as Error;
      expect(Object.getPrototypeOf(received)).toBe(Class.prototype);
      expect(received).toMatchObject({ name: sent.name, message: "what happened" });
      expect(received.cause).toBeInstanceOf(RangeError);
      expect((received.cause as Error).cause).toBe("plain");
      expect(received.stack).toContain(`in the worker: ${sent.stack}`);
      expect(Object.keys(received)).toEqual(Object.keys(sent));
    },
  );

  it("keeps the name of a class that is not known, and of a DOMException", () => {
    class Mine extends Error {
      override name = "Mine";
    }
    expect(`${across(new Mine("what"))}`).toBe("Mine: what");
    const aborted = across(new DOMException("stopped", "AbortError"));
    expect(aborted).toBeInstanceOf(DOMException);
    expect(aborted).toMatchObject({ name: "AbortError", message: "stopped" });
  });

  it("may be anything", () => {
    expect(across("text")).toBe("text");
    expect(across({ code: 5 })).toEqual({ code: 5 });
    expect(across(Symbol.iterator.description)).toBe("Symbol.iterator");
    expect(typeof across(() => 5)).toBe("string");
  });
});

describe("a call that fails", () => {
  it.each<[string, (model: Sequential) => unknown]>([
    ["fit with data that does not fit", (model) => model.fit([[1]], [[1]])],
    ["fit with an option out of range", (model) => model.fit(x, y, { batchSize: 0 })],
    ["fit with a misspelt option", (model) => model.fit(x, y, wrong({ epoch: 3 }))],
    ["fit with no array", (model) => model.fit(wrong("x"), y)],
    ["evaluate with a misspelt option", (model) => model.evaluate(x, y, wrong({ batch: 3 }))],
    ["trainOnBatch with bad weights", (model) => model.trainOnBatch(x, y, { sampleWeight: [1, 2] })],
    ["predict", (model) => model.predict([[1, 2]])],
    ["setWeights", (model) => model.setWeights([[1]])],
    ["setWeights with no array", (model) => model.setWeights(wrong(5))],
    ["a loss that is not known", (model) => model.compile({ optimizer: "adam", loss: "hubber" })],
    ["no loss", (model) => model.compile(wrong({ optimizer: "adam" }))],
    ["no optimizer", (model) => model.compile(wrong({ loss: "mse" }))],
    ["metrics that are no array", (model) => model.compile(wrong({ optimizer: "adam", loss: "mse", metrics: "acc" }))],
    [
      "a loss for arrays only",
      (model) => model.compile({ optimizer: "adam", loss: losses.huber({ reduction: "none" }) as never }),
    ],
  ])("%s: has the error that it has here, and changes nothing", async (_, call) => {
    const [here, there] = [makeClassifier(), await connectClassifier()];
    const [expected, actual] = [await errorOf(() => call(here)), await errorOf(() => call(there as never))] as [
      Error,
      Error,
    ];
    expect(expected).toBeInstanceOf(Error);
    expect(Object.getPrototypeOf(actual)).toBe(Object.getPrototypeOf(expected));
    expect(actual.message).toBe(expected.message);
    expect(await there.fit(x, y)).toEqual(await here.fit(x, y));
    expectSameWeights(await there.getWeights(), here.getWeights());
  });

  it("for want of a compile, or because fit runs", async () => {
    const model = connected([layers.dense({ units: 3 })]);
    const notCompiled = "fit: the model must be compiled first: model.compile({ optimizer, loss })";
    await expectFailure(() => model.fit(x, y), StateError, notCompiled);
    const trained = await connectClassifier();
    const onEpochEnd = () =>
      expectFailure(() => trained.fit(x, y), StateError, "fit: fit is running on this model; wait for it first");
    await trained.fit(x, y, { callbacks: { onEpochEnd } });
  });

  it("for layers that do not fit together, at every use", async () => {
    const model = connected([layers.dense({ units: 3, inputShape: [4] }), layers.dense({ units: 3, inputShape: [4] })]);
    const local = (await errorOf(
      () => new Sequential([layers.dense({ units: 3, inputShape: [4] }), layers.dense({ units: 3, inputShape: [4] })]),
    )) as Error;
    for (const call of [() => model.predict(x), () => model.getWeights()]) {
      await expectFailure(call, ShapeError, local.message);
    }
  });
});

describe("what can't cross is named", () => {
  const own = {
    value: (yTrue: { data: Float32Array; shape: readonly number[] }) => new Float32Array(yTrue.shape[0] ?? 0),
    gradient: (yTrue: { data: Float32Array; shape: readonly number[] }) => wrong(yTrue),
  };
  const metric: Metric = { name: "mine", start: () => ({ update() {}, result: () => 5 }) };

  it.each<[string, Partial<CompileOptions>, string]>([
    [
      "a loss",
      { loss: { name: "mine", ...own } },
      "compile: the loss 'mine': functions of your own can't be sent to a worker; register it in the worker, and give its name here",
    ],
    [
      "a metric",
      { metrics: [metric] },
      "compile: the metric 'mine': functions of your own can't be sent to a worker; register it in the worker, and give its name here",
    ],
    [
      "a rule for the learning rate",
      { optimizer: optimizers.adam({ learningRate: () => 0.1 }) },
      "compile: the learning rate of Adam: functions of your own can't be sent to a worker; use a member of `schedules`",
    ],
    [
      "an optimizer",
      { optimizer: { ...optimizers.sgd(), className: "Mine" } },
      "compile: the worker does not know the optimizer Mine; call register({ optimizers: … }) there",
    ],
  ])("%s of the user's own", async (_, options, message) => {
    const model = await connectClassifier();
    const before = { optimizer: "adam", loss: "categoricalCrossentropy" };
    await expectFailure(() => model.compile({ ...before, ...options }), LanewiseError, message);
  });

  it("a layer, an initializer, a callback's settings", async () => {
    const dense = layers.dense({ units: 3 });
    const layer: Layer = { ...dense, className: "Mine" };
    await expectFailure(
      () => connected([dense, layer]).predict(x),
      LanewiseError,
      "layer 1: the worker does not know the layer Mine; call register({ layers: … }) there",
    );
    const initializer: Initializer = { ...initializers.ones(), className: "MyOnes" };
    await expectFailure(
      () => connected([layers.dense({ units: 3, kernelInitializer: initializer })]).predict(x),
      LanewiseError,
      'layer 0 (Dense): kernel_initializer: the worker does not know {"class_name":"MyOnes","config":{}}; register it there',
    );
    const withFunction: Layer = { ...dense, config: { units: () => 3 } };
    const error = (await errorOf(() => connected([withFunction]).predict(x))) as Error;
    expect(error).toBeInstanceOf(LanewiseError);
    expect(error.message).toContain("create: it can't be sent to the worker: ");
  });

  it("a model that has its weights, as a layer", async () => {
    const inner = new Sequential([layers.dense({ units: 4, inputShape: [4] })], { name: "encoder" });
    inner.getWeights();
    await expectFailure(
      () => connected([inner, layers.dense({ units: 3 })]).predict(x),
      LanewiseError,
      "encoder: a model that has its weights can't be sent as a layer of another; send it alone, as await model.toArtifacts()",
    );
  });
});
