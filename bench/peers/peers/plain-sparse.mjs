/** Plain JavaScript that multiplies only with what is not zero. */
import { createModel as create, versions } from "./plain.mjs";

export { versions };

export function createModel(network, weights) {
  return create(network, weights, true);
}
