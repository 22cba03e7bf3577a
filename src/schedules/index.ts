import { cosineDecay } from "./cosine-decay.js";
import { cosineDecayRestarts } from "./cosine-decay-restarts.js";
import { exponentialDecay } from "./exponential-decay.js";
import { inverseTimeDecay } from "./inverse-time-decay.js";
import { oneCycle } from "./one-cycle.js";
import { piecewiseConstantDecay } from "./piecewise-constant-decay.js";
import { polynomialDecay } from "./polynomial-decay.js";

/** Every schedule of learning rates by its name. */
export const schedules = {
  cosineDecay,
  cosineDecayRestarts,
  exponentialDecay,
  inverseTimeDecay,
  oneCycle,
  piecewiseConstantDecay,
  polynomialDecay,
} as const;

export type { Schedule } from "./schedule.js";
