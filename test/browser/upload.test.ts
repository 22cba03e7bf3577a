import { describe, expect, it } from "vitest";
import { upload } from "../../src/browser/index.js";
import { FormatError, LanewiseError, type ModelArtifacts, Sequential } from "../../src/index.js";
import { makeClassifier, x } from "../helpers/classifier.js";
import { errorOf, expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

interface Parts {
  readonly json: string;
  readonly weights: ArrayBuffer;
}

/** As TensorFlow.js writes it: without a checksum. */
function partsOf({ weightData, weightSpecs, ...rest }: ModelArtifacts, paths = ["./weights.bin"]): Parts {
  return { json: JSON.stringify({ ...rest, weightsManifest: [{ paths, weights: weightSpecs }] }), weights: weightData };
}

describe("upload", () => {
  const model = makeClassifier();
  const load = (files: readonly File[]) => Sequential.load(upload(files));

  it("finds model and weights, in any order and among others", async () => {
    const { json, weights } = partsOf(await model.toArtifacts());
    const files = [new File(["?"], "notes.txt"), new File([weights], "weights.bin"), new File([json], "my-model.JSON")];
    const loaded = await load(files);
    expectSameWeights(loaded.getWeights(), model.getWeights());
    expect(await loaded.predict(x)).toEqual(await model.predict(x));
  });

  it("joins weights that lie in several files, and takes the list at once", async () => {
    const { json, weights } = partsOf(await model.toArtifacts(), ["shards/one.bin", "shards/two.bin"]);
    const files = [
      new File([weights.slice(16)], "two.bin"),
      new File([json], "model.json"),
      new File([weights.slice(0, 16)], "one.bin"),
    ];
    const source = upload(files);
    files.length = 0;
    expectSameWeights((await Sequential.load(source)).getWeights(), model.getWeights());
  });

  it("says what is missing, and what is not whole", async () => {
    const { json, weights } = partsOf(await model.toArtifacts());
    const [modelFile, weightsFile] = [new File([json], "model.json"), new File([weights], "weights.bin")];
    const wanted = "expected one model.json together with its files of weights, got";
    await expectFailure(() => load([]), LanewiseError, `${wanted} none`);
    await expectFailure(() => Sequential.load(upload(null)), LanewiseError, `${wanted} none`);
    await expectFailure(() => load([weightsFile]), LanewiseError, `${wanted} weights.bin`);
    await expectFailure(
      () => load([modelFile, weightsFile, new File([json], "b.json")]),
      LanewiseError,
      `${wanted} model.json, b.json`,
    );
    await expectFailure(
      () => load([modelFile, new File([weights], "other.bin")]),
      LanewiseError,
      "model.json needs weights.bin, which is not among the files: choose all of them at once",
    );
    await expectFailure(
      () => load([modelFile, new File([weights.slice(0, -4)], "weights.bin")]),
      FormatError,
      `weights.bin: expected ${weights.byteLength} bytes of weights, got ${weights.byteLength - 4}`,
    );
    await expectFailure(
      () => load([new File(["{}"], "package.json"), weightsFile]),
      FormatError,
      "package.json: weightsManifest: expected an array, got undefined",
    );
    const broken = new File([json.replace("Dense", "Tense")], "my.json");
    expect(`${await errorOf(() => load([broken, weightsFile]))}`).toMatch(/^FormatError: my\.json: .*Tense/);
    const gone = Object.assign(new File([weights], "weights.bin"), {
      arrayBuffer: () => Promise.reject(new Error("it has changed")),
    });
    await expectFailure(() => load([modelFile, gone]), LanewiseError, "cannot read weights.bin: it has changed");
  });

  it("refuses what is no list of files", async () => {
    await expectFailure(() => upload(wrong(5)), TypeError, "upload: expected a list of files, got 5");
    await expectFailure(() => upload(wrong(["a"])), TypeError, 'upload: expected files, got "a"');
  });
});
