import { afterEach, describe, expect, it, vi } from "vitest";
import { downloads, upload } from "../../src/browser/index.js";
import { Sequential } from "../../src/index.js";
import { makeClassifier } from "../helpers/classifier.js";
import { expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("downloads", () => {
  it("gives the browser two files, which upload reads", async () => {
    const files: Promise<File>[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      const { href, download } = this;
      files.push(fetch(href).then(async (response) => new File([await response.arrayBuffer()], download)));
    });
    const model = makeClassifier();
    await model.save(downloads("digits"));
    const [json, weights, ...others] = await Promise.all(files);
    expect([json?.name, weights?.name, others]).toEqual(["digits.json", "digits.weights.bin", []]);
    expect(JSON.parse(await (json as File).text())).toMatchObject({
      format: "layers-model",
      weightsManifest: [{ paths: ["./digits.weights.bin"] }],
    });
    const again = await Sequential.load(upload(await Promise.all(files)));
    expectSameWeights(again.getWeights(), model.getWeights());
  });

  it("refuses names that no file can have", async () => {
    const message = "downloads: name: expected a file's name, got ";
    await expectFailure(() => downloads(""), RangeError, `${message}''`);
    await expectFailure(() => downloads("a/b"), RangeError, `${message}'a/b'`);
    await expectFailure(() => downloads(wrong(5)), TypeError, "downloads: name: expected a text, got 5");
  });
});
