/** A model in a worker and the file system, and what only Node's threads have. */
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { type Callback, callbacks, LanewiseError, Sequential, StateError } from "../../src/index.js";
import { connect, serve } from "../../src/worker/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { connectClassifier, connected, makeWire } from "../helpers/connected.js";
import { useDirectory } from "../helpers/directory.js";
import { errorOf, expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

const path = useDirectory();

describe("a model in a worker", () => {
  it("is saved from here", async () => {
    const [here, there] = [makeClassifier(), await connectClassifier()];
    await Promise.all([here.fit(x, y), there.fit(x, y)]);
    await there.save(path("model"), { includeOptimizer: true });
    const back = await Sequential.load(path("model"));
    await Promise.all([here.fit(x, y), back.fit(x, y)]);
    expectSameWeights(back.getWeights(), here.getWeights());
    const message = "save: expected a directory, a URL or an object with a method 'save', got \"\"";
    await expectFailure(() => there.save(""), TypeError, message);
  });

  it("comes from a saved model, in memory or by its path, and trains on to the same bits", async () => {
    const here = makeClassifier();
    await here.fit(x, y);
    await here.save(path("model"), { includeOptimizer: true });
    const sources = [
      await here.toArtifacts({ includeOptimizer: true }),
      path("model"),
      new URL(`file://${path("model")}`),
    ];
    const models = sources.map((source) => connected(source));
    await here.fit(x, y);
    for (const model of models) {
      await model.fit(x, y);
      expectSameWeights(await model.getWeights(), here.getWeights());
    }
    const missing = connected(path("none"));
    expect(await errorOf(() => missing.predict(x))).toBeInstanceOf(LanewiseError);
  });

  it("saves the model in mid-training", async () => {
    const saver = (name: string): Callback => {
      return ({ model }) => ({
        onEpochEnd: (epoch) => (epoch === 0 ? model.save(path(name), { includeOptimizer: true }) : undefined),
      });
    };
    await makeClassifier().fit(x, y, { epochs: 2, callbacks: saver("here") });
    await (await connectClassifier()).fit(x, y, { epochs: 2, callbacks: saver("there") });
    const [here, there] = await Promise.all(["here", "there"].map((name) => Sequential.load(path(name))));
    expect(there?.toArtifacts({ includeOptimizer: true })).toEqual(here?.toArtifacts({ includeOptimizer: true }));
  });
});

describe("callbacks that write files", () => {
  it("modelCheckpoint, csvLogger and backupAndRestore, by paths and URLs", async () => {
    const made = [
      callbacks.modelCheckpoint(pathToFileURL(path("run-{epoch}"))),
      callbacks.csvLogger({ filename: path("log.csv") }),
      callbacks.backupAndRestore(path("backup"), { deleteCheckpoint: false }),
    ];
    const [here, there] = [makeClassifier(), await connectClassifier()];
    await there.fit(x, y, { epochs: 2, callbacks: made });
    await here.fit(x, y, { epochs: 2 });
    expectSameWeights((await Sequential.load(path("run-2"))).getWeights(), here.getWeights());
    expect((await readFile(path("log.csv"), "utf8")).split("\n")).toHaveLength(4);
    const resumed = await connectClassifier();
    expect((await resumed.fit(x, y, { epochs: 3, callbacks: made })).epoch).toEqual([2]);
    await here.fit(x, y, { epochs: 3, initialEpoch: 2 });
    expectSameWeights(await resumed.getWeights(), here.getWeights());
  });
});

it("serve only in a worker", async () => {
  const getBuiltinModule = process.getBuiltinModule;
  process.getBuiltinModule = wrong(() => ({ parentPort: null }));
  try {
    const message = "serve: expected to be called in a worker; in a SharedWorker, hand it the port";
    await expectFailure(() => serve(), StateError, message);
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
});

it("a port that is closed", async () => {
  const { port } = makeWire();
  let gone = false;
  port.addEventListener("close", () => {
    gone = true;
  });
  const model = connect(port);
  const pending = model.predict(x);
  port.close();
  await expectFailure(() => pending, LanewiseError, "the worker is gone: its port was closed");
  expect(gone).toBe(true);
});
