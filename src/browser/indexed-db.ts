import type { ModelArtifacts } from "../saving/artifacts.js";
import type { StoredModel } from "./list-models.js";
import { ARTIFACTS, checkModelPlace, noSuchModel, type StorageOptions, SUMMARIES, transact } from "./model-database.js";

/** A place that a model is saved to and loaded from. */
export interface ModelStorage {
  readonly name: string;
  save(artifacts: ModelArtifacts): Promise<void>;
  load(): Promise<ModelArtifacts>;
}

/**
 * A model in the browser's IndexedDB, where it stays when the page is left, for all pages of the site and their workers:
 *
 * ```ts
 * await model.save(indexedDb("digits"));
 * const again = await Sequential.load(indexedDb("digits"));
 * ```
 *
 * `save` replaces a model of that name, all of it or nothing: when the page is closed meanwhile, the old one is still there. To
 * keep models when the disk runs full, the browser may have to be asked: `await navigator.storage.persist()`.
 *
 * @param name Of the model, among those of the site.
 * @throws TypeError, RangeError for another name. `save` and `load`: LanewiseError when storage is denied, full or something
 *   else's, or the model is not there, with the reason.
 */
export function indexedDb(name: string, options: StorageOptions = {}): ModelStorage {
  checkModelPlace(name, options, "indexedDb");
  return {
    name: `the stored model '${name}'`,
    async save(artifacts) {
      const { userDefinedMetadata = {}, weightData } = artifacts;
      const { lanewise: _, ...metadata } = userDefinedMetadata;
      const summary: StoredModel = { name, savedAt: new Date(), byteLength: weightData.byteLength, metadata };
      await transact(options, `cannot save the model '${name}'`, {
        mode: "readwrite",
        stores: [ARTIFACTS, SUMMARIES],
        task(transaction) {
          transaction.objectStore(SUMMARIES).put(summary, name);
          return transaction.objectStore(ARTIFACTS).put(artifacts, name);
        },
      });
    },
    async load() {
      const what = `cannot load the model '${name}'`;
      const artifacts: ModelArtifacts | undefined = await transact(options, what, {
        mode: "readonly",
        stores: [ARTIFACTS],
        task: (transaction) => transaction.objectStore(ARTIFACTS).get(name),
      });
      if (!artifacts) throw noSuchModel(what);
      return artifacts;
    },
  };
}
