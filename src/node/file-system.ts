import { describe } from "../arrays.js";
import { LanewiseError } from "../errors.js";
import { hasFileSystem } from "../files/platform.js";
import type { ForeignArtifacts, ModelArtifacts } from "../saving/artifacts.js";
import { readArtifacts } from "../saving/read-files.js";
import { saveModel } from "../saving/save-model.js";

/** A directory that a model is saved to and loaded from. */
export interface ModelDirectory {
  readonly name: string;
  save(artifacts: ModelArtifacts): Promise<void>;
  load(): Promise<ForeignArtifacts>;
}

/**
 * A directory for a model, as TensorFlow.js's `tf.io.fileSystem` has it: `await model.save(fileSystem("runs/first"))` does what
 * `model.save("runs/first")` does. It is for code that is given the place where models are kept, and a browser's `indexedDb` elsewhere.
 *
 * @param directory A path or a `file:` URL; where to load from that of a model.json, too. `save` makes it, with its parents.
 * @throws TypeError for anything else; LanewiseError where there is no file system. `save` and `load`: as Sequential's.
 */
export function fileSystem(directory: string | URL): ModelDirectory {
  const name = `${directory}`;
  const isPlace = typeof directory === "string" || directory instanceof URL;
  // What looks like a scheme of one letter is a drive
  if (!isPlace || name === "" || /^(?!file:)[a-z]{2,}:/i.test(name)) {
    throw new TypeError(`fileSystem: expected a path or a file: URL, got ${describe(isPlace ? name : directory)}`);
  }
  if (!hasFileSystem()) throw new LanewiseError("fileSystem: there is no file system here");
  return {
    name,
    save: (artifacts) => saveModel(artifacts, directory),
    load: async () => (await readArtifacts(directory)).artifacts,
  };
}
