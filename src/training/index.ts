/** All that a model needs to learn and to be measured. It is loaded when that is first asked for. */
export { evaluate } from "./evaluate.js";
export { fit } from "./fit.js";
