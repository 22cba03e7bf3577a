/** Schedules: every member by its name. */

export { cosineDecay } from "./cosine-decay.js";
export { cosineDecayRestarts } from "./cosine-decay-restarts.js";
export { exponentialDecay } from "./exponential-decay.js";
export { inverseTimeDecay } from "./inverse-time-decay.js";
export { oneCycle } from "./one-cycle.js";
export { piecewiseConstantDecay } from "./piecewise-constant-decay.js";
export { polynomialDecay } from "./polynomial-decay.js";
export type { Schedule } from "./schedule.js";
