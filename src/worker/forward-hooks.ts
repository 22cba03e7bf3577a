/** The callbacks of the caller's side, as seen by training in the worker. */
import type { Callback, CallbackHooks } from "../callbacks/callback.js";
import { LanewiseError } from "../errors.js";
import type { HookAnswer, HookName, HookQuestion } from "./protocol.js";
import { sendThrown } from "./sent-errors.js";

export type Ask = (question: HookQuestion) => Promise<HookAnswer>;

/** Ends training for a reason that the caller's side knows. */
export const INTERRUPTED = /* @__PURE__ */ new LanewiseError("interrupted from the other side of the worker");

/** Asks for those hooks only that a callback of the group has. */
export function forwardHooks(ask: Ask, group: number): Callback {
  return (run) => {
    const { model, epochs, batchesPerEpoch, figures } = run;
    const forward = async (
      hook: HookName,
      values: readonly unknown[],
      about: Pick<HookQuestion, "run"> = {},
    ): Promise<HookAnswer> => {
      const { learningRate, stopTraining } = model;
      const answer = await ask({ group, hook, values, learningRate, stopTraining, ...about });
      if (answer.learningRate !== undefined) model.learningRate = answer.learningRate;
      return answer;
    };
    const hooks: Partial<Record<HookName, (...values: never[]) => unknown>> = {
      async beforeTrain() {
        const { hooks: wanted = [] } = await forward("beforeTrain", [], { run: { epochs, batchesPerEpoch, figures } });
        for (const hook of wanted) hooks[hook] = forwarded(hook, forward);
      },
    };
    return hooks as CallbackHooks;
  };
}

/** The same for hooks that only listen, as those of `evaluate` and `predict`. */
export function listenTo(hooks: readonly HookName[], ask: Ask): CallbackHooks[] {
  const forward =
    (hook: HookName) =>
    (...values: unknown[]) =>
      ask({ group: 0, hook, values, learningRate: 0, stopTraining: false });
  return hooks.length === 0 ? [] : [Object.fromEntries(hooks.map((hook) => [hook, forward(hook)]))];
}

type Forward = (hook: HookName, values: readonly unknown[]) => Promise<HookAnswer>;

function forwarded(hook: HookName, forward: Forward): (...values: never[]) => unknown {
  if (hook === "onEpochEnd") {
    return async (epoch: number, logs: Record<string, number>) => {
      Object.assign(logs, (await forward(hook, [epoch, logs])).logs);
    };
  }
  if (hook === "onDivergence") {
    return async (error: LanewiseError) => (await forward(hook, [sendThrown(error)])).inPeace === true;
  }
  return (...values) => forward(hook, values);
}
