/** Cutting data sets into parts, and folds for cross-validation. */
export type { Data, Part } from "./part.js";
export { type Fold, type StratifiedKFoldOptions, stratifiedKFold } from "./stratified-k-fold.js";
export { type LabelledData, type Split, type SplitParts, stratifiedSplit } from "./stratified-split.js";
export { type Rows, take } from "./take.js";
export { type TrainTestSplit, type TrainTestSplitOptions, trainTestSplit } from "./train-test-split.js";
