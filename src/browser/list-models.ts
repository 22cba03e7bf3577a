import type { UserDefinedMetadata } from "../saving/metadata.js";
import { checkStorageOptions, type StorageOptions, SUMMARIES, transact } from "./model-database.js";

export interface StoredModel {
  readonly name: string;
  readonly savedAt: Date;
  /** Of its weights. */
  readonly byteLength: number;
  /** What the model was given by `setUserDefinedMetadata`. */
  readonly metadata: UserDefinedMetadata;
}

/**
 * The models that `indexedDb` has saved, the oldest first. Their weights are not read.
 *
 * @throws LanewiseError when storage is denied, with the reason.
 */
export async function listModels(options: StorageOptions = {}): Promise<StoredModel[]> {
  checkStorageOptions(options, "listModels");
  const models: StoredModel[] = await transact(options, "cannot list the models", {
    mode: "readonly",
    stores: [SUMMARIES],
    task: (transaction) => transaction.objectStore(SUMMARIES).getAll(),
  });
  return models.sort((a, b) => a.savedAt.getTime() - b.savedAt.getTime());
}
