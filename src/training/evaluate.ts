/** `evaluate`: from what the user hands over to figures. */
import type { ArrayInput } from "../arrays.js";
import type { Logs } from "../callbacks/callback.js";
import { checkEvaluateOptions, type EvaluateOptions } from "./evaluate-options.js";
import { checkLabelled, toLabelled } from "./labelled.js";
import { measure } from "./measuring.js";
import type { Trainee } from "./trainee.js";

/** @throws See Sequential.evaluate. */
export async function evaluate(
  trainee: Trainee,
  x: ArrayInput,
  y: ArrayInput,
  options: EvaluateOptions,
): Promise<Logs> {
  const settings = checkEvaluateOptions(options);
  const data = toLabelled(x, y, options, "evaluate");
  const objective = checkLabelled(data, trainee.shapesFor(data.x), trainee.scored.objective, "x", "y");
  if (settings.hooks.length > 0 || settings.verbose > 0) {
    const { evaluateInTurns } = await import("./in-turns.js");
    return evaluateInTurns(trainee, data, objective, settings);
  }
  const network = trainee.networkFor(data.x);
  return trainee.inTurns(network, measure(network, data, objective, settings));
}
