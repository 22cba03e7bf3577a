/** What the two sides tell each other. All of it can be cloned, which is how it crosses. */
import type { NDArray } from "../arrays.js";
import type { CallbackHooks, Logs, TrainingRun } from "../callbacks/callback.js";
import type { Recipe } from "../callbacks/recipe.js";
import type { SaveOptions } from "../model/sequential.js";
import type { SequentialOptions } from "../model/sequential-options.js";
import type { ModelArtifacts, ModelSource } from "../saving/artifacts.js";
import type { EvaluateOptions, PredictOptions } from "../training/evaluate-options.js";
import type { FitOptions } from "../training/fit-options.js";
import type { TrainOnBatchOptions } from "../training/train-on-batch.js";
import type { History } from "../training/training.js";
import type { SentThrown } from "./sent-errors.js";

/** A member by its class, with its settings in Keras's names. */
export interface SentMember {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface SentLayer extends SentMember {
  /** Of a layer that is a model. */
  readonly stack?: SentStack;
}

/** What a Sequential model is made of. */
export interface SentStack {
  readonly layers: readonly SentLayer[];
  readonly options: SequentialOptions;
}

/** Names stay names, and are looked up in the worker. */
export interface SentCompileOptions {
  readonly optimizer: string | SentMember;
  readonly loss: string | SentMember;
  readonly metrics: readonly (string | SentMember)[];
  readonly weightedMetrics: readonly (string | SentMember)[];
}

/** A callback that runs in the worker; or the place of some that run on the caller's side, in the order of their groups. */
export type SentCallback = Recipe | "caller";

export type SentFitOptions = Omit<FitOptions, "callbacks" | "signal" | "verbose"> & {
  readonly callbacks: readonly SentCallback[];
};

/** Options with the hooks that somebody listens to, in place of the callbacks that have them. */
export type WithHooks<Options> = Omit<Options, "callbacks" | "verbose"> & { readonly hooks: readonly HookName[] };

/** What can be asked of a model in the worker. */
export interface Methods {
  compile(options: SentCompileOptions): void;
  fit(x: NDArray, y: NDArray, options: SentFitOptions): History;
  evaluate(x: NDArray, y: NDArray, options: WithHooks<EvaluateOptions>): Logs;
  predict(x: NDArray, options: WithHooks<PredictOptions>): NDArray<Float32Array>;
  trainOnBatch(x: NDArray, y: NDArray, options: TrainOnBatchOptions): Logs;
  getWeights(): NDArray<Float32Array>[];
  setWeights(weights: readonly NDArray[]): void;
  toArtifacts(options: SaveOptions): ModelArtifacts;
  summary(): string;
  dispose(): void;
}

export type Method = keyof Methods;

export type Call = {
  [M in Method]: { readonly method: M; readonly values: Readonly<Parameters<Methods[M]>> };
}[Method];

export type ToWorker =
  | { readonly kind: "create"; readonly model: number; readonly from: SentStack | Exclude<ModelSource, URL> }
  | ({ readonly kind: "call"; readonly model: number; readonly id: number } & Call)
  | { readonly kind: "abort"; readonly id: number }
  | { readonly kind: "stop"; readonly model: number; readonly stop: boolean }
  | ({ readonly kind: "answer"; readonly question: number } & HookAnswer);

export type FromWorker =
  | { readonly kind: "result"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly thrown: SentThrown }
  /** It ended because of what the caller's side knows: an aborted signal, or a callback that has thrown. */
  | { readonly kind: "interrupted"; readonly id: number }
  | ({ readonly kind: "hook"; readonly id: number; readonly question: number } & HookQuestion);

/** The hooks that cross. The others have to do with the state of a run, which stays in the worker. */
export type HookName = Exclude<keyof CallbackHooks, "name" | "state" | "restore">;

export interface HookQuestion {
  /** Which of the groups of callbacks on the caller's side. */
  readonly group: number;
  readonly hook: HookName;
  readonly values: readonly unknown[];
  readonly learningRate: number;
  readonly stopTraining: boolean;
  /** With the first hook, beforeTrain, which all groups are asked for. */
  readonly run?: Pick<TrainingRun, "epochs" | "batchesPerEpoch" | "figures">;
}

export interface HookAnswer {
  /** True when a hook has thrown. */
  readonly failed?: boolean;
  /** To beforeTrain: the other hooks that somebody listens to. */
  readonly hooks?: readonly HookName[];
  /** To onEpochEnd: the logs with what was added to them. */
  readonly logs?: Logs;
  /** To onDivergence. */
  readonly inPeace?: boolean;
  /** The new one, where it was changed. */
  readonly learningRate?: number;
}

/** On every message, so that others may use the same worker for messages of their own. */
const TAG = "lanewise";

export type Tagged<Message> = Message & { readonly to: typeof TAG };

export function tag<Message extends object>(message: Message): Tagged<Message> {
  return { ...message, to: TAG };
}

export function isTagged<Message>(message: unknown): message is Tagged<Message> {
  return (message as Partial<Tagged<object>> | null | undefined)?.to === TAG;
}
