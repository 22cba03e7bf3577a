/** Layers beyond the core's. */

export {
  affineColumns,
  columnMoments,
  columnNormalizationBackward,
  inverseDeviations,
  rowNormalizationBackward,
  rowNormalizationForward,
} from "../normalization";
export { encodeCategories } from "../rows";
