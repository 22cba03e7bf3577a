/** A learning rate that is a number, or follows a schedule. */
import { checkNumber } from "../checks.js";
import { StateError } from "../errors.js";
import type { Schedule } from "./schedule.js";

export type Rate = number | Schedule | ((step: number) => number);

export interface FollowedRate {
  /** The rate of the step that comes after the last one taken. */
  readonly now: number;
  /** A number, or className and config of the schedule. */
  readonly config: unknown;
  /** The rate of step `iteration`, counted from 1. */
  take(iteration: number): number;
  /** @throws StateError for a number where there is a schedule; TypeError, RangeError for what is no rate. */
  set(rate: Rate): void;
}

/** @throws TypeError, RangeError for what is no learning rate. */
export function followRate(rate: Rate, where: string): FollowedRate {
  let followed = check(rate);
  let taken = 0;

  function check(given: Rate): Rate {
    if (typeof given !== "function") checkRate(given, "");
    return given;
  }

  function checkRate(given: unknown, source: string): asserts given is number {
    const range = "a number of at least 0";
    checkNumber(given, `${where}: learningRate${source}`, range, (value) => value >= 0);
  }

  function at(step: number): number {
    if (typeof followed === "number") return followed;
    const given = followed(step);
    checkRate(given, ` at step ${step}`);
    return given;
  }

  return {
    get now() {
      return at(taken);
    },
    get config() {
      if (typeof followed === "number") return followed;
      const { className, config } = followed as Schedule;
      return { className, config };
    },
    take(iteration) {
      taken = iteration;
      return at(iteration - 1);
    },
    set(given) {
      if (typeof followed === "function" && typeof given === "number") {
        const name = "className" in followed ? followed.className : "a function";
        throw new StateError(
          `${where}: learningRate: it follows ${name}, and can't be set to ${given}; make the optimizer with a number`,
        );
      }
      followed = check(given);
    },
  };
}
