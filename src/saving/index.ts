/** Saving models, and loading what `compile` was given. In one module, as bundlers cut many small ones into many files. */
export { readSavedTraining } from "./load-training.js";
export { saveModel } from "./save-model.js";
export { toArtifacts } from "./to-artifacts.js";
