/** What is done to arrays before a model sees them. */
export { flatten } from "./flatten.js";
export { type Label, type LabelEncoder, type LabelInput, labelEncoder } from "./label-encoder.js";
export { oneHot } from "./one-hot.js";
export { rescale } from "./rescale.js";
export { type Scaler, standardize } from "./standardize.js";
