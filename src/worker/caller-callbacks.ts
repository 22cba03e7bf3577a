/** Callbacks that run on the caller's side, while the model trains in the worker. */
import type { Callback, CallbackHooks, ModelInTraining, TrainingRun } from "../callbacks/callback.js";
import { forEachHook, toHooks } from "../callbacks/hooks.js";
import { type Recipe, recipeOf } from "../callbacks/recipe.js";
import { StateError } from "../errors.js";
import type { HookAnswer, HookName, HookQuestion, SentCallback } from "./protocol.js";
import { receiveThrown, type SentThrown } from "./sent-errors.js";

/** The model, as far as callbacks on the caller's side may steer it. */
export type SteeredModel = Pick<ModelInTraining, "stopTraining" | "save">;

/**
 * Splits callbacks into those that are sent, and groups of those in between that stay.
 *
 * @param answer Calls the hooks of a group that the worker asks for.
 */
export function splitCallbacks(
  callbacks: readonly Callback[],
  model: SteeredModel,
): { sent: SentCallback[]; answer(question: HookQuestion): Promise<HookAnswer> } {
  const sent: SentCallback[] = [];
  const groups: Callback[][] = [];
  for (const callback of callbacks) {
    const recipe = recipeOf(callback);
    if (recipe) {
      sent.push(sendable(recipe));
      continue;
    }
    if (sent.at(-1) !== "caller") {
      sent.push("caller");
      groups.push([]);
    }
    groups.at(-1)?.push(callback);
  }
  const running: CallerGroup[] = [];
  return {
    sent,
    answer(question) {
      const { group } = question;
      const started = running[group] ?? new CallerGroup(groups[group] ?? [], question, model);
      running[group] = started;
      return started.answer(question);
    },
  };
}

/** Of hooks that only listen: the names of those that there are, and what calls them. */
export function hearHooks(hooks: readonly CallbackHooks[]): {
  names: HookName[];
  answer(question: HookQuestion): Promise<HookAnswer>;
} {
  return {
    names: LISTENING.filter((name) => hooks.some((hook) => hook[name] !== undefined)),
    async answer({ hook, values }) {
      await callHook(hooks, hook, values);
      return {};
    },
  };
}

async function callHook(hooks: readonly CallbackHooks[], name: HookName, values: readonly unknown[]): Promise<void> {
  await forEachHook(hooks, (hook) =>
    (hook[name] as ((...values: unknown[]) => unknown) | undefined)?.call(hook, ...values),
  );
}

/** URLs can't be cloned. */
function sendable({ name, options }: Recipe): Recipe {
  const plain = Object.entries(options).map(([key, value]) => [key, value instanceof URL ? value.href : value]);
  return { name, options: Object.fromEntries(plain) };
}

class CallerGroup {
  readonly #hooks: readonly CallbackHooks[];
  readonly #model: SteeredModel;
  #learningRate = 0;
  #isChanged = false;

  constructor(callbacks: readonly Callback[], { run }: HookQuestion, model: SteeredModel) {
    this.#model = model;
    const trainingRun = this.#makeRun(run ?? { epochs: 0, batchesPerEpoch: undefined, figures: [] });
    this.#hooks = callbacks.map((callback) => toHooks(callback, trainingRun));
  }

  async answer({ hook, values, learningRate, stopTraining }: HookQuestion): Promise<HookAnswer> {
    this.#learningRate = learningRate;
    this.#isChanged = false;
    // Not the other way round: it may have been set here meanwhile
    if (stopTraining && !this.#model.stopTraining) this.#model.stopTraining = true;
    const answer = await this.#call(hook, values);
    return this.#isChanged ? { ...answer, learningRate: this.#learningRate } : answer;
  }

  async #call(hook: HookName, values: readonly unknown[]): Promise<HookAnswer> {
    if (hook === "onDivergence") {
      const error = receiveThrown(values[0] as SentThrown);
      for (const hooks of this.#hooks) {
        if ((await hooks.onDivergence?.(error as never)) === true) return { inPeace: true };
      }
      return {};
    }
    await callHook(this.#hooks, hook, values);
    if (hook === "onEpochEnd") return { logs: values[1] as Record<string, number> };
    return hook === "beforeTrain" ? { hooks: this.#listenedTo() } : {};
  }

  #listenedTo(): HookName[] {
    return CROSSING.filter((name) => this.#hooks.some((hooks) => hooks[name] !== undefined));
  }

  #makeRun(run: Pick<TrainingRun, "epochs" | "batchesPerEpoch" | "figures">): TrainingRun {
    const group = this;
    const steered = this.#model;
    return {
      ...run,
      model: {
        get stopTraining() {
          return steered.stopTraining;
        },
        set stopTraining(stop) {
          steered.stopTraining = stop;
        },
        get learningRate() {
          return group.#learningRate;
        },
        set learningRate(rate) {
          group.#learningRate = rate;
          group.#isChanged = true;
        },
        getWeights: () => inWorker("getWeights", "; `await` that of the model in the worker"),
        setWeights: () => inWorker("setWeights", "; `await` that of the model in the worker"),
        save: (target, options) => steered.save(target, options),
      },
      state: () => inWorker("state"),
      restore: () => inWorker("restore"),
      swapAverages: () => inWorker("swapAverages"),
    };
  }
}

const TESTING = ["onTestBegin", "onTestEnd", "onTestBatchBegin", "onTestBatchEnd"] as const;

/** Of those in a `fit` all but beforeTrain, which is always asked for. */
const CROSSING: readonly HookName[] = [
  ...(["onTrainBegin", "onTrainEnd", "onEpochBegin", "onEpochEnd", "onBatchBegin", "onBatchEnd"] as const),
  ...([...TESTING, "onYield", "onDivergence", "afterBatch", "afterEpoch", "afterTrain"] as const),
];

/** Those of `evaluate` and `predict`. */
const LISTENING: readonly HookName[] = [
  ...TESTING,
  ...(["onPredictBegin", "onPredictEnd", "onPredictBatchBegin", "onPredictBatchEnd"] as const),
];

function inWorker(what: string, instead = ""): never {
  throw new StateError(`${what}: this callback runs outside of the worker that has the model${instead}`);
}
