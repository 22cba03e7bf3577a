import { checkInteger } from "../checks.js";

/** At most so many thresholds or bins: some megabytes, where a slip of the pen could ask for all memory there is. */
const MOST = 100_000;

/** How many thresholds or bins there are to be. @throws TypeError, RangeError unless it is an integer from `least` to 100,000. */
export function checkCount(value: unknown, where: string, least: number): asserts value is number {
  checkInteger(value, where, least);
  if (value > MOST) throw new RangeError(`${where}: expected an integer of at most ${MOST}, got ${value}`);
}
