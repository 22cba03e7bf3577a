/** Initializers: every member by its name. */
export { constant, ones, zeros } from "./constant.js";
export { identity } from "./identity.js";
export type { Initializer } from "./initializer.js";
export { orthogonal } from "./orthogonal.js";
export { randomNormal, randomUniform, truncatedNormal } from "./random.js";
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal as leCunNormal,
  lecunNormal,
  lecunUniform as leCunUniform,
  lecunUniform,
  varianceScaling,
} from "./variance-scaling.js";
