/** The same with fused multiply-add. */
import { enableRelaxed } from "../relaxed.mjs";
import { createModel as create, takesBytes, versions } from "./lanewise.mjs";

export { takesBytes, versions };

if (!enableRelaxed()) throw new Error(`Node ${process.version} has no relaxed SIMD`);

export function createModel(network, weights) {
  return create(network, weights, "relaxed");
}
