import { checkText } from "../checks.js";
import { LanewiseError } from "../errors.js";
import type { ModelArtifacts } from "../saving/artifacts.js";
import { modelJson } from "../saving/save-model.js";

/** Between two downloads, in milliseconds: some browsers drop one that follows at once. */
const APART = 300;
/** How long a browser may take to begin with a download, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Saves a model as two files that the browser downloads, `digits.json` and `digits.weights.bin`, as TensorFlow.js's
 * `tf.io.browserDownloads` does: `await model.save(downloads("digits"))`. `upload`, `Sequential.load` and TensorFlow.js read
 * them. A browser may ask the user whether the page may download several files.
 *
 * @param name What the files' names begin with. Default "model".
 * @throws TypeError, RangeError for another name. `save`: LanewiseError where there is no page, such as in a worker.
 */
export function downloads(name = "model"): { save(artifacts: ModelArtifacts): Promise<void> } {
  checkText(name, "downloads: name");
  if (name === "" || /[/\\]/.test(name)) throw new RangeError(`downloads: name: expected a file's name, got '${name}'`);
  return {
    async save(artifacts) {
      if (typeof document === "undefined") throw new LanewiseError("cannot download a model: there is no page here");
      const weights = `${name}.weights.bin`;
      download(`${name}.json`, modelJson(artifacts, `./${weights}`), "application/json");
      await pause(APART);
      download(weights, artifacts.weightData, "application/octet-stream");
    },
  };
}

function download(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), PATIENCE);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
