/** Models as files, in TensorFlow.js's LayersModel format. */
export type { ModelArtifacts, ModelSource } from "./artifacts.js";
export { readModel } from "./load-model.js";
export { checkMetadata, type UserDefinedMetadata, withMetadata } from "./metadata.js";
export { saveModel } from "./save-model.js";
export { toArtifacts } from "./to-artifacts.js";
