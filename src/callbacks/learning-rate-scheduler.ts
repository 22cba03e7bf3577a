import { describe } from "../arrays.js";
import { checkNumber, checkOptions } from "../checks.js";
import type { Callback } from "./callback.js";
import { withLeading } from "./leading.js";
import { announce, type VerboseOptions } from "./verbose.js";

/** From the epoch, from 0, and the learning rate as it is to the one that the epoch is to have. */
export type EpochSchedule = (epoch: number, learningRate: number) => number;

export interface LearningRateSchedulerOptions extends VerboseOptions {
  readonly schedule: EpochSchedule;
}

/**
 * Sets the learning rate at the start of each epoch (Keras: LearningRateScheduler), and adds the `learning_rate` that an
 * epoch had to its logs.
 *
 * @throws TypeError for what is no function; TypeError, RangeError during training, when it gives no number of at least 0.
 */
export function learningRateScheduler(
  given: LearningRateSchedulerOptions | EpochSchedule,
  rest: VerboseOptions = {},
): Callback {
  const options = withLeading<LearningRateSchedulerOptions, "schedule">("schedule", given, rest);
  checkOptions(options, ["schedule", "verbose"], "learningRateScheduler");
  const { schedule } = options;
  if (typeof schedule !== "function") {
    throw new TypeError(
      `learningRateScheduler: expected a function of epoch and learning rate, got ${describe(schedule)}`,
    );
  }
  const say = announce("learningRateScheduler", options);
  return ({ model }) => ({
    onEpochBegin(epoch) {
      const learningRate: unknown = schedule(epoch, model.learningRate);
      checkNumber(
        learningRate,
        `learningRateScheduler: epoch ${epoch + 1}`,
        "a learning rate of at least 0",
        (rate) => rate >= 0,
      );
      model.learningRate = learningRate;
      say(`Epoch ${epoch + 1}: LearningRateScheduler setting learning rate to ${learningRate}.`);
    },
    onEpochEnd(_, logs) {
      logs.learning_rate = model.learningRate;
    },
  });
}
