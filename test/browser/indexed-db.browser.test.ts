/** Models in the browser's own database. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { indexedDb, listModels, removeModel } from "../../src/browser/index.js";
import { LanewiseError, type ModelArtifacts, Sequential } from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { connectClassifier, connected } from "../helpers/connected.js";
import { errorOf, expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

const names = async (options = {}) => (await listModels(options)).map(({ name }) => name);
const done = (request: IDBRequest) =>
  new Promise<void>((resolve, reject) => {
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
const deleteDatabase = (name: string) => done(indexedDB.deleteDatabase(name));

beforeEach(() => deleteDatabase("lanewise"));
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("indexedDb", () => {
  it("keeps a model, which trains on to the same bits", async () => {
    const model = makeClassifier();
    await model.fit(x, y);
    await model.save(indexedDb("digits"), { includeOptimizer: true });
    const again = await Sequential.load(indexedDb("digits"));
    await Promise.all([model.fit(x, y), again.fit(x, y)]);
    expectSameWeights(again.getWeights(), model.getWeights());
  });

  it("replaces a model, and lists what there is, the oldest first", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1000 });
    const model = makeClassifier();
    model.setUserDefinedMetadata({ classes: ["a", "b", "c"] });
    await model.save(indexedDb("b"), { includeOptimizer: true });
    vi.setSystemTime(2000);
    await model.save(indexedDb("a"));
    vi.setSystemTime(3000);
    model.setUserDefinedMetadata({});
    await model.save(indexedDb("b"));
    const { weightData } = await model.toArtifacts();
    const { byteLength } = weightData;
    expect(await listModels()).toEqual([
      { name: "a", savedAt: new Date(2000), byteLength, metadata: { classes: ["a", "b", "c"] } },
      { name: "b", savedAt: new Date(3000), byteLength, metadata: {} },
    ]);
  });

  it("has as many databases as are wanted", async () => {
    await deleteDatabase("other");
    await makeClassifier().save(indexedDb("digits", { database: "other" }));
    expect(await names()).toEqual([]);
    expect(await names({ database: "other" })).toEqual(["digits"]);
    await removeModel("digits", { database: "other" });
    expect(await names({ database: "other" })).toEqual([]);
  });

  it("says that a model is not there", async () => {
    const end = "the model 'digits': there is none of that name in the browser's database";
    await expectFailure(() => Sequential.load(indexedDb("digits")), LanewiseError, `cannot load ${end}`);
    await expectFailure(() => removeModel("digits"), LanewiseError, `cannot remove ${end}`);
  });

  it("saves all of a model or nothing", async () => {
    const artifacts = await makeClassifier().toArtifacts();
    await indexedDb("digits").save(artifacts);
    const before = await listModels();
    const bad = { ...artifacts, modelTopology: { made: () => 1 } } as ModelArtifacts;
    const message =
      "cannot save the model 'digits' in the browser's database 'lanewise': there is something in the model that can't be stored";
    await expectFailure(() => indexedDb("digits").save(bad), LanewiseError, message);
    await expectFailure(() => indexedDb("more").save(bad), LanewiseError, message.replace("digits", "more"));
    expect(await listModels()).toEqual(before);
    expect(await indexedDb("digits").load()).toEqual(artifacts);
  });

  it("is for models in workers, too", async () => {
    const [here, there] = [makeClassifier(), await connectClassifier()];
    await there.save(indexedDb("digits"));
    expectSameWeights((await Sequential.load(indexedDb("digits"))).getWeights(), here.getWeights());
    const loaded = connected(indexedDb("digits"));
    expect(await Promise.all([loaded.predict(x), loaded.predict(x)])).toEqual(Array(2).fill(await here.predict(x)));
    const missing = connected(indexedDb("none"));
    const message = "cannot load the model 'none': there is none of that name in the browser's database";
    await expectFailure(() => missing.predict(x), LanewiseError, message);
    await expectFailure(() => missing.predict(x), LanewiseError, message);
  });

  it("refuses other names and options", async () => {
    await expectFailure(() => indexedDb(wrong(5)), TypeError, "indexedDb: name: expected a text, got 5");
    await expectFailure(() => removeModel(""), RangeError, 'removeModel: name: expected a name, got ""');
    await expectFailure(
      () => listModels(wrong({ name: "a" })),
      TypeError,
      "listModels: unknown option 'name'; known: database",
    );
  });
});

describe("a database that can't be used", () => {
  const failure = async (): Promise<string> => {
    const error = await errorOf(() => makeClassifier().save(indexedDb("digits")));
    expect(error).toBeInstanceOf(LanewiseError);
    const { message } = error as Error;
    return message.replace("cannot save the model 'digits' in the browser's database 'lanewise': ", "");
  };

  it("of a newer version", async () => {
    const opening = indexedDB.open("lanewise", 1000);
    await done(opening);
    opening.result.close();
    expect(await failure()).toBe("it was made by a newer version of lanewise");
  });

  it("of somebody else", async () => {
    const opening = indexedDB.open("lanewise", 1);
    await done(opening);
    opening.result.close();
    expect(await failure()).toBe("it is there already, and something else's; choose another name for it");
  });

  it("where the page may store nothing", async () => {
    vi.spyOn(IDBFactory.prototype, "open").mockImplementation(() => {
      throw new DOMException("denied", "SecurityError");
    });
    expect(await failure()).toBe("the browser allows this page no storage");
    vi.stubGlobal("indexedDB", undefined);
    try {
      expect(await failure()).toBe("there is no IndexedDB here");
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("that another page keeps open in an older version", async () => {
    const open = indexedDB.open.bind(indexedDB);
    vi.spyOn(IDBFactory.prototype, "open").mockImplementation((name, version = 0) => open(name, version + 1));
    const opening = open("lanewise", 1);
    await done(opening);
    expect(await failure()).toBe("another page of this site has an older version of it open; close that page");
    opening.result.close();
  });

  it("without room", async () => {
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, value, key) {
      const request = put.call(this, value, key);
      if ("weightData" in value) {
        Object.defineProperty(this.transaction, "error", { value: new DOMException("full", "QuotaExceededError") });
        this.transaction.abort();
      }
      return request;
    });
    expect(await failure()).toBe("there is no room left; remove models that are not needed");
    expect(await names()).toEqual([]);
  });
});
