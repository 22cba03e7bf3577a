/** What `lanewise/predict` has, wherever its kernels come from. */
export { type ArrayInput, type DType, type NDArray, type NestedNumbers, ndarray, type TypedArray } from "./arrays.js";
export { FormatError, LanewiseError, ShapeError, StateError } from "./errors.js";
export type { Layer } from "./layers/index.js";
export { loadModel, type Predictor } from "./model/predictor.js";
export { type Members, register } from "./registry.js";
export type { ModelArtifacts, ModelLoader, ModelSource } from "./saving/artifacts.js";
export type { UserDefinedMetadata } from "./saving/metadata.js";
