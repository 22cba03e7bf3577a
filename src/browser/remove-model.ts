import { ARTIFACTS, checkModelPlace, noSuchModel, type StorageOptions, SUMMARIES, transact } from "./model-database.js";

/**
 * Removes a model that `indexedDb` has saved.
 *
 * @throws LanewiseError when it is not there, or storage is denied.
 */
export async function removeModel(name: string, options: StorageOptions = {}): Promise<void> {
  checkModelPlace(name, options, "removeModel");
  const what = `cannot remove the model '${name}'`;
  const found = await transact(options, what, {
    mode: "readwrite",
    stores: [ARTIFACTS, SUMMARIES],
    task(transaction) {
      const key = transaction.objectStore(SUMMARIES).getKey(name);
      transaction.objectStore(SUMMARIES).delete(name);
      transaction.objectStore(ARTIFACTS).delete(name);
      return key;
    },
  });
  if (found === undefined) throw noSuchModel(what);
}
