import type { Regularizer } from "../regularizers/regularizer.js";
import type { PlanContext, Step, Values } from "./layer.js";

/** Puts a penalty, divided by the number of rows, on what a layer has made of a batch. It works in place. */
export function activityStep(
  regularizer: Regularizer,
  { arena, capacity }: Pick<PlanContext, "arena" | "capacity">,
  output: Values,
): Step {
  const workspace = arena.allocate(regularizer.workspaceLength?.(capacity, output.width) ?? 0);
  return {
    output,
    learns: false,
    forward() {},
    penalty: (rows) => regularizer.penalty(arena, { ...output, rows, zeroBetween: false }, workspace) / rows,
    backward({ rows }, _, dInput) {
      if (dInput === undefined) return;
      regularizer.addGradient(arena, dInput, { ...output, rows, zeroBetween: false }, 1 / rows, workspace);
    },
  };
}
