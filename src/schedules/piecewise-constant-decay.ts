import { describe } from "../arrays.js";
import { checkNumber } from "../checks.js";
import { checkSchedule, makeSchedule, type Schedule, type WarmupOptions } from "./schedule.js";

/** In a warm-up the first value takes the part of `initialLearningRate`. */
export interface PiecewiseConstantDecayOptions extends WarmupOptions {
  /** Ascending counts of steps. */
  readonly boundaries: readonly number[];
  /** One more than boundaries. */
  readonly values: readonly number[];
}

/**
 * values[0] up to and including step boundaries[0], then values[1] up to boundaries[1], and so on
 * (Keras: PiecewiseConstantDecay).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function piecewiseConstantDecay(options: PiecewiseConstantDecayOptions): Schedule {
  const where = "piecewiseConstantDecay";
  const warmup = checkSchedule(options, ["boundaries", "values"], where);
  const [boundaries, values] = (["boundaries", "values"] as const).map((name) => {
    const list: unknown = options[name];
    if (!Array.isArray(list)) throw new TypeError(`${where}: ${name}: expected an array, got ${describe(list)}`);
    for (const value of list) checkNumber(value, `${where}: ${name}`);
    return [...list] as number[];
  }) as [number[], number[]];
  if (boundaries.some((boundary, index) => index > 0 && boundary <= (boundaries[index - 1] as number))) {
    throw new RangeError(`${where}: boundaries: expected ascending numbers, got ${boundaries.join(", ")}`);
  }
  if (values.length !== boundaries.length + 1) {
    throw new RangeError(
      `${where}: values: expected one more than boundaries, ${boundaries.length + 1}, got ${values.length}`,
    );
  }
  const [first] = values as [number];
  return makeSchedule("PiecewiseConstantDecay", { boundaries, values, ...warmup }, first, (step, initial) => {
    const piece = boundaries.findIndex((boundary) => step <= boundary);
    return piece === 0 ? initial : (values.at(piece) as number);
  });
}
