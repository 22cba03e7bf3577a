/** A model in a worker: its methods, its arrays, its beginning and its end. */
import { describe, expect, it } from "vitest";
import { layers, Sequential, StateError } from "../../src/index.js";
import { connect } from "../../src/worker/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { connectClassifier, connected, makeWire } from "../helpers/connected.js";
import { errorOf, expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

describe("a model in a worker", () => {
  it("does what one does here", async () => {
    const [here, there] = [makeClassifier(), await connectClassifier()];
    const fit = { epochs: 2, batchSize: 4, sampleWeight: [1, 2, 1, 2, 1, 2], classWeight: { 1: 2 }, seed: 7 };
    const validationData = [x, y, [1, 0, 1, 0, 1, 0]] as const;
    expect(await there.fit(x, y, { ...fit, validationData })).toEqual(await here.fit(x, y, { ...fit, validationData }));
    const sampleWeight = Float64Array.of(0, 1, 2, 3, 4, 5);
    expect(await there.evaluate(x, y, { sampleWeight })).toEqual(await here.evaluate(x, y, { sampleWeight }));
    const tested: unknown[] = [];
    const onTestEnd = (logs: unknown) => void tested.push(logs);
    const figures = await there.evaluate(x, y, { batchSize: 2, steps: 2, callbacks: { onTestEnd } });
    expect([figures, ...tested]).toEqual(Array(2).fill(await here.evaluate(x, y, { batchSize: 2, steps: 2 })));
    expect(await there.predict(x, { batchSize: 2 })).toEqual(await here.predict(x));
    expect(await there.trainOnBatch(x, y, { sampleWeight })).toEqual(await here.trainOnBatch(x, y, { sampleWeight }));
    expect(await there.predict(x)).toEqual(await here.predict(x));
    const weights = here.getWeights().map((weight) => ({ ...weight, data: weight.data.map((value) => value / 2) }));
    here.setWeights(weights);
    await there.setWeights(weights);
    expectSameWeights(await there.getWeights(), here.getWeights());
    expect(await there.toArtifacts({ includeOptimizer: true })).toEqual(
      await here.toArtifacts({ includeOptimizer: true }),
    );
    const texts: string[] = [];
    here.summary((text) => texts.push(text));
    await there.summary((text) => texts.push(text));
    expect(texts[1]).toBe(texts[0]);
  });

  it("is built layer by layer", async () => {
    const { port } = makeWire();
    const model = connect(port);
    model.add(layers.dense({ units: 5, activation: "tanh", inputShape: [4] }));
    model.add(layers.dense({ units: 3, activation: "softmax" }));
    expect((await model.predict(x)).shape).toEqual([6, 3]);
    const late = "add: the model is in the worker already; add layers before it is used";
    await expectFailure(() => model.add(layers.dense({ units: 3 })), StateError, late);
  });

  it("is one of many", async () => {
    const wire = makeWire();
    const [first, second] = [await connectClassifier({}, wire), await connectClassifier({}, wire)];
    const here = makeClassifier();
    await Promise.all([first.fit(x, y, { epochs: 3 }), second.predict(x)]);
    await here.fit(x, y);
    await second.fit(x, y);
    expectSameWeights(await second.getWeights(), here.getWeights());
    await first.dispose();
    await expectFailure(() => first.predict(x), StateError, "predict: the model has been disposed");
    expect(await second.predict(x)).toEqual(await here.predict(x));
  });

  it("carries out calls in their order, without a wait for each", async () => {
    const model = connected([layers.dense({ units: 3, activation: "softmax" })], { seed: 1 });
    const here = new Sequential([layers.dense({ units: 3, activation: "softmax" })], { seed: 1 });
    here.compile({ optimizer: "sgd", loss: "mse" });
    const compiled = model.compile({ optimizer: "sgd", loss: "mse" });
    const fit = () => model.fit(x, y, { batchSize: 2, yieldEvery: "batch" });
    const [, history, second] = await Promise.all([compiled, fit(), fit().catch((error: Error) => error.message)]);
    expect(history).toEqual(await here.fit(x, y, { batchSize: 2 }));
    expect(second).toBe("fit: fit is running on this model; wait for it first");
  });

  it("stays when a fit is aborted, which rejects with the reason", async () => {
    const [here, there] = [makeClassifier(), await connectClassifier()];
    const reason = { why: "enough" };
    for (const model of [here, there]) {
      const controller = new AbortController();
      const onBatchEnd = (batch: number) => {
        if (batch === 1) controller.abort(reason);
      };
      const { signal } = controller;
      expect(await errorOf(() => model.fit(x, y, { batchSize: 2, signal, callbacks: { onBatchEnd } }))).toBe(reason);
    }
    expect(await there.fit(x, y)).toEqual(await here.fit(x, y));
    expectSameWeights(await there.getWeights(), here.getWeights());
    const signal = AbortSignal.abort();
    const error = await errorOf(() => there.fit(x, y, { signal }));
    expect(error).toBe(signal.reason);
  });

  it("is aborted from outside, between batches that nobody listens to", async () => {
    const model = await connectClassifier();
    const signal = AbortSignal.timeout(20);
    const error = await errorOf(() => model.fit(x, y, { epochs: 1e9, signal }));
    expect(error).toBe(signal.reason);
    expect((await model.predict(x)).shape).toEqual([6, 3]);
  });

  it("is stopped from outside, and has a history", async () => {
    const model = await connectClassifier();
    setTimeout(() => {
      model.stopTraining = true;
    }, 20);
    const { epoch } = await model.fit(x, y, { epochs: 1e9 });
    expect(epoch.length).toBeGreaterThan(0);
  });
});

describe("arrays", () => {
  it("are copied, unless they may move", async () => {
    const [model, here] = [await connectClassifier(), makeClassifier()];
    const copy = () => [Float32Array.from(x.data), Float32Array.from(y.data)] as const;
    const [a, b] = copy();
    const arrays = [
      { ...x, data: a },
      { ...y, data: b },
    ] as const;
    expect(await model.evaluate(...arrays)).toEqual(await here.evaluate(x, y));
    expect(a).toEqual(x.data);
    expect(await model.evaluate(...arrays, { transfer: true })).toEqual(await here.evaluate(x, y));
    expect([a.length, b.length]).toEqual([0, 0]);
    const [c, d] = copy();
    await model.fit({ ...x, data: c }, { ...y, data: d }, { transfer: true });
    expect([c.length, d.length]).toEqual([0, 0]);
    const [e] = copy();
    await model.predict({ ...x, data: e }, { transfer: true });
    expect(e.length).toBe(0);
    await expectFailure(
      () => model.predict(x, { transfer: wrong(1) }),
      TypeError,
      "predict: transfer: expected true or false, got 1",
    );
  });

  it("that are a part of a buffer leave the rest where it is", async () => {
    const [model, here] = [await connectClassifier(), makeClassifier()];
    const whole = new Float32Array(40).fill(7);
    whole.set(x.data, 3);
    const part = { ...x, data: whole.subarray(3, 27) };
    expect(await model.predict(part, { transfer: true })).toEqual(await here.predict(x));
    expect(whole[0]).toBe(7);
  });

  it("may be given twice", async () => {
    const model = connected([layers.dense({ units: 4 })]);
    await model.compile({ optimizer: "sgd", loss: "mse" });
    const data = Float32Array.from(x.data);
    await model.fit({ ...x, data }, { ...x, data }, { transfer: true });
    expect(data.length).toBe(0);
  });

  it("in shared memory are shared, and stay", async () => {
    const wire = makeWire();
    const [model, here] = [await connectClassifier({}, wire), makeClassifier()];
    const sent: unknown[] = [];
    const { postMessage } = wire.port;
    wire.port.postMessage = (message: unknown, transfer?: StructuredSerializeOptions | Transferable[]) => {
      sent.push(message);
      postMessage.call(wire.port, message, transfer as Transferable[] & StructuredSerializeOptions);
    };
    const shared = { ...x, data: new Float32Array(new SharedArrayBuffer(x.data.byteLength)) };
    shared.data.set(x.data);
    expect(await model.predict(shared, { transfer: true })).toEqual(await here.predict(x));
    expect(shared.data).toEqual(x.data);
    expect(sent).toMatchObject([{ values: [{ data: { buffer: expect.any(SharedArrayBuffer) } }, {}] }]);
  });
});

describe("connect and serve", () => {
  it("share the worker with messages that are not theirs", async () => {
    const wire = makeWire();
    const model = await connectClassifier({}, wire);
    wire.port.postMessage("hello");
    wire.port.postMessage(null);
    wire.port.postMessage({ kind: "call", id: 1, model: 1, method: "predict" });
    expect((await model.predict(x)).shape).toEqual([6, 3]);
    expect(wire.heard).toEqual(["result", "result"]);
  });

  it("refuse what they can't work with", async () => {
    const { port } = makeWire();
    const cases: [() => unknown, string][] = [
      [() => connect(wrong({})), "connect: expected a Worker or a MessagePort, got Object"],
      [
        () => connect(port, wrong(5)),
        "connect: expected an array of layers or a saved model, such as await model.toArtifacts(), got 5",
      ],
      [
        () => connect(port, wrong(makeClassifier())),
        "connect: expected an array of layers or a saved model, such as await model.toArtifacts(), got Sequential",
      ],
      [() => connect(port, [], wrong({ sed: 1 })), "connect: unknown option 'sed'; known: name, seed, precision"],
    ];
    for (const [call, message] of cases) await expectFailure(call, TypeError, message);
  });
});
