/** What takes long lets others have their turn; and whatever they do with the model meanwhile, the results are those of before. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { layers, ndarray, Sequential, StateError } from "../../src/index.js";
import { classNumbers, matrix, withDensity } from "../helpers/data.js";
import { errorOf, expectFailure } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

const ROWS = 1500;
const [sparse, dense] = [withDensity(matrix(ROWS, 9, 1), 0.3), matrix(ROWS, 9, 2)];
const y = classNumbers(ROWS, 3, 3);
const spoiled = ndarray(sparse.data.with(ROWS * 9 - 1, Number.NaN), sparse.shape);

/** From now on every step takes too long. @param turn Called in others' turns, with the number of each. */
function slow(turn: (number: number) => unknown = () => undefined): () => number {
  let [now, turns] = [0, 0];
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += 100;
    return now;
  });
  vi.stubGlobal("setImmediate", (resolve: () => void) => {
    turn(turns++);
    queueMicrotask(resolve);
  });
  return () => turns;
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function makeModel(): Sequential {
  const model = new Sequential(
    [
      layers.dense({ units: 8, activation: "relu", inputShape: [9] }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { seed: 1 },
  );
  model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}

/** Other weights than the model has. */
const others = makeModel()
  .getWeights()
  .map((weight) =>
    ndarray(
      weight.data.map((value) => value + 1),
      weight.shape,
    ),
  );

type Question = readonly [what: string, ask: (model: Sequential) => Promise<unknown>];

const questions: readonly Question[] = [
  ["predict", (model) => model.predict(dense)],
  ["predict with a hook", (model) => model.predict(dense, { callbacks: { onPredictEnd: () => undefined } })],
  ["evaluate", (model) => model.evaluate(sparse, y)],
  ["evaluate of dense rows", (model) => model.evaluate(dense, y)],
  ["evaluate with a hook", (model) => model.evaluate(sparse, y, { callbacks: { onTestEnd: () => undefined } })],
  ["evaluate with a hook for batches", (model) => model.evaluate(dense, y, { callbacks: { onTestBatchEnd() {} } })],
  [
    "evaluateDataset",
    (model) =>
      model.evaluateDataset([
        [dense, y],
        [sparse, y],
      ]),
  ],
];

/** Between hooks, and batches of a data set, a model may change, and they see the weights of the moment. */
function isOneGo(what: string): boolean {
  return !/hook|Dataset/.test(what);
}

describe.each(questions)("%s", (what, ask) => {
  it("gives others their turn, and comes to the same", async () => {
    const expected = await ask(makeModel());
    const turns = slow();
    expect(await ask(makeModel())).toEqual(expected);
    expect(turns()).toBeGreaterThan(1);
  });

  if (!isOneGo(what)) return;

  it.each<[string, (model: Sequential) => unknown]>([
    ["setWeights", (model) => model.setWeights(others)],
    ["trainOnBatch", (model) => model.trainOnBatch(sparse, y)],
    ["fit", (model) => model.fit(sparse, y)],
    ["predict", (model) => model.predict(sparse)],
    ["evaluate", (model) => model.evaluate(dense, y)],
    ["dispose", (model) => model.dispose()],
  ])("is done before %s, which others call meanwhile", async (_, call) => {
    const [model, twin] = [makeModel(), makeModel()];
    // The weights are there, so that others change those that are in use
    expectSameWeights(model.getWeights(), twin.getWeights());
    const expected = await ask(twin);
    const result = await call(twin);
    let called: unknown;
    slow((turn) => {
      if (turn === 1) called = call(model);
    });
    expect(await ask(model)).toEqual(expected);
    expect(await called).toEqual(result);
    if (_ !== "dispose") expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("leaves a model without weights when it fails late", async () => {
    const model = makeModel();
    slow();
    const bad = what === "predict" ? model.predict(spoiled) : model.evaluate(spoiled, y);
    expect(await errorOf(() => bad)).toBeInstanceOf(RangeError);
    expect(model.byteLength).toBe(0);
  });
});

describe("fit, while it loads its data", () => {
  const options = { epochs: 2, batchSize: 500, validationData: [dense, y] as const };

  it("gives others their turn, and comes to the same", async () => {
    const [model, twin] = [makeModel(), makeModel()];
    const expected = await twin.fit(sparse, y, options);
    const turns = slow();
    expect(await model.fit(sparse, y, { ...options, yieldEvery: "epoch" })).toEqual(expected);
    expect(turns()).toBe(2 * Math.ceil(ROWS / 256) + options.epochs);
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("has no turns when it is told so", async () => {
    const turns = slow();
    await makeModel().fit(sparse, y, { ...options, yieldEvery: "never" });
    expect(turns()).toBe(0);
  });

  it.each(questions)("answers %s as before, and learns the same", async (what, ask) => {
    const [model, twin] = [makeModel(), makeModel()];
    const expected = await ask(twin);
    await twin.fit(sparse, y, options);
    const answers: Promise<unknown>[] = [];
    slow((turn) => {
      // Between rows of the validation data and between those to train on
      if (turn === 2 || turn === 8 || turn === 10) answers.push(ask(model));
    });
    await model.fit(sparse, y, { ...options, yieldEvery: "epoch" });
    expectSameWeights(model.getWeights(), twin.getWeights());
    const [first] = await Promise.all(answers);
    // The others have code to load first, and may come upon weights that have been trained
    if (what === "predict") expect(first).toEqual(expected);
  });

  it("trains on from weights that are set meanwhile", async () => {
    const [model, twin] = [makeModel(), makeModel()];
    twin.setWeights(others);
    await twin.fit(sparse, y, options);
    slow((turn) => turn === 8 && model.setWeights(others));
    await model.fit(sparse, y, options);
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("refuses what fit refuses while it runs", async () => {
    const model = makeModel();
    const inner = new Sequential([layers.dense({ units: 2, inputShape: [9] })], { seed: 2 });
    const outer = new Sequential([inner], { seed: 3 });
    const running = "fit is running on this model; wait for it first";
    const failures: Promise<void>[] = [];
    slow((turn) => {
      if (turn !== 3) return;
      const late = "add: the model has its weights already; add layers before it is used";
      failures.push(
        expectFailure(() => model.add(layers.dense({ units: 2 })), StateError, late),
        expectFailure(() => model.dispose(), StateError, `dispose: ${running}`),
        expectFailure(() => model.fit(sparse, y), StateError, `fit: ${running}`),
        expectFailure(() => model.trainOnBatch(sparse, y), StateError, `trainOnBatch: ${running}`),
      );
    });
    await model.fit(sparse, y, options);
    expect(await Promise.all(failures)).toHaveLength(4);
    outer.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    let refused: Promise<void> | undefined;
    slow((turn) => {
      if (turn !== 3) return;
      const shared = "setWeights: fit is running on a model that shares weights with this one";
      refused = expectFailure(() => inner.setWeights(inner.getWeights()), StateError, shared);
    });
    await outer.fit(sparse, matrix(ROWS, 2, 4));
    expect(refused).toBeDefined();
    await refused;
  });

  it("ends at a signal, and leaves the model as it was", async () => {
    const model = makeModel();
    const controller = new AbortController();
    const turns = slow((turn) => turn === 8 && controller.abort(new RangeError("enough")));
    await expectFailure(() => model.fit(sparse, y, { ...options, signal: controller.signal }), RangeError, "enough");
    expect(turns()).toBe(9);
    expect(model.byteLength).toBe(0);
    vi.restoreAllMocks();
    expectSameWeights(model.getWeights(), makeModel().getWeights());
  });

  it("fails for a number in the last row as if nothing had been", async () => {
    const [model, twin] = [makeModel(), makeModel()];
    const turns = slow();
    const bad = await errorOf(() => model.fit(spoiled, y, options));
    expect(`${bad}`).toBe("RangeError: x: expected finite numbers, got NaN in row 1499, column 8");
    expect(turns()).toBeGreaterThan(6);
    expect(model.byteLength).toBe(0);
    for (const one of [model, twin]) await one.fit(sparse, y, options);
    expectSameWeights(model.getWeights(), twin.getWeights());
  });
});
