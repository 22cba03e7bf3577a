/**
 * lanewise for pages that only ask a saved model, at half the size of `lanewise/lean`:
 *
 * ```ts
 * import { relu, softmax } from "lanewise/activations";
 * import { dense } from "lanewise/layers";
 * import { loadModel, register } from "lanewise/predict";
 * register({ layers: { dense }, activations: { relu, softmax } }); // what the model is made of
 * const model = await loadModel("digits/model.json");
 * const probabilities = await model.predict(images);
 * ```
 *
 * Layers of your own that compute with other kernels than the library's layers do when they predict need `lanewise/lean`.
 */
import { prediction } from "./wasm/binaries/prediction.js";
import { provideCoreIfNone } from "./wasm/instantiate.js";

provideCoreIfNone("exact", prediction);

export * from "./saved-models.js";
