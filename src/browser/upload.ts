import { describe } from "../arrays.js";
import { LanewiseError } from "../errors.js";
import type { ForeignArtifacts } from "../saving/artifacts.js";
import { readModelFiles } from "../saving/read-files.js";

/**
 * Loads a model from files that the user has chosen or dropped, the model.json and its files of weights together, as `save`,
 * `downloads` and TensorFlow.js make them:
 *
 * ```ts
 * input.addEventListener("change", async () => {
 *   const model = await Sequential.load(upload(input.files));
 * });
 * ```
 *
 * @param files Those of an `<input type="file" multiple>` or of a drop's `dataTransfer`. The list may be emptied right away.
 * @throws TypeError for anything else. `load`: LanewiseError when there is no model.json or more than one, a file that it
 *   names is missing or can't be read; FormatError when they are not what it says, such as weights that are cut short.
 */
export function upload(files: Iterable<File> | null): { readonly name: string; load(): Promise<ForeignArtifacts> } {
  if (files !== null && typeof files?.[Symbol.iterator] !== "function") {
    throw new TypeError(`upload: expected a list of files, got ${describe(files)}`);
  }
  const given = [...(files ?? [])];
  const stranger = given.find((file) => typeof (file as Partial<File>)?.arrayBuffer !== "function");
  if (stranger !== undefined) throw new TypeError(`upload: expected files, got ${describe(stranger)}`);
  const models = given.filter(({ name }) => /\.json$/i.test(name));
  const [{ name } = { name: "model.json" }] = models;
  return {
    name,
    async load() {
      if (models.length !== 1) {
        throw new LanewiseError(
          `expected one model.json together with its files of weights, got ${list(models.length > 1 ? models : given)}`,
        );
      }
      return (await readModelFiles(name, (path) => read(given, path, name))).artifacts;
    },
  };
}

/** Folders do not count: what the user chose from one is a flat list. */
async function read(files: readonly File[], path: string, model: string): Promise<Uint8Array> {
  const name = path.split("/").at(-1);
  const file = files.find((candidate) => candidate.name === name);
  if (!file) {
    throw new LanewiseError(`${model} needs ${name}, which is not among the files: choose all of them at once`);
  }
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new LanewiseError(`cannot read ${name}: ${(error as Error).message}`, { cause: error });
  }
}

function list(files: readonly File[]): string {
  return files.map(({ name }) => name).join(", ") || "none";
}
