/** Initializers: every member by its name. @module */
export { constant, ones, zeros } from "./constant.js";
export { identity } from "./identity.js";
export type { Initializer } from "./initializer.js";
export { type OrthogonalOptions, orthogonal } from "./orthogonal.js";
export {
  type RandomNormalOptions,
  type RandomUniformOptions,
  randomNormal,
  randomUniform,
  truncatedNormal,
} from "./random.js";
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal as leCunNormal,
  lecunNormal,
  lecunUniform as leCunUniform,
  lecunUniform,
  type VarianceScalingOptions,
  varianceScaling,
} from "./variance-scaling.js";
