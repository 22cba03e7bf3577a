/** Models in a browser: kept in its storage, downloaded, and opened from the user's files. */
export { downloads } from "./downloads.js";
export { indexedDb, type ModelStorage } from "./indexed-db.js";
export { listModels, type StoredModel } from "./list-models.js";
export type { StorageOptions } from "./model-database.js";
export { removeModel } from "./remove-model.js";
export { upload } from "./upload.js";
