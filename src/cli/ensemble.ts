/** Networks that are trained on the same samples, each from a seed of its own, and asked together. */
import type { Callback, NDArray, Sequential } from "../index.js";
import type { DataSet, PartName } from "./data.js";
import { createModel } from "./model.js";
import { type TestResult, testModels } from "./test-result.js";
import { type Run, train } from "./train.js";
import type { TrainOptions } from "./train-options.js";

export interface Member {
  readonly model: Sequential;
  readonly seed: number;
  /** The weights that training began with. */
  readonly start: readonly NDArray[];
  readonly run: Run;
}

export type Members = readonly [Member, ...Member[]];

export interface EnsembleSettings {
  /** Called before a network is trained, with its number from 0. @returns who looks on. */
  onStart(number: number, model: Sequential, seed: number): readonly Callback[];
  /** Ends training after the batch at hand; no further network is begun. */
  readonly stop: AbortSignal;
}

/** One after another, with the seeds from that of the options on. */
export async function trainMembers(data: DataSet, options: TrainOptions, settings: EnsembleSettings): Promise<Members> {
  const first = await trainMember(data, options, 0, settings);
  const others: Member[] = [];
  while (others.length + 1 < options.ensemble && !settings.stop.aborted) {
    others.push(await trainMember(data, options, others.length + 1, settings));
  }
  return [first, ...others];
}

async function trainMember(
  data: DataSet,
  options: TrainOptions,
  number: number,
  { onStart, stop }: EnsembleSettings,
): Promise<Member> {
  const seed = options.seed + number;
  const own = { ...options, seed };
  const model = createModel(own, data);
  const start = model.getWeights();
  const run = await train(model, data, own, { callbacks: onStart(number, model, seed), stop });
  return { model, seed, start, run };
}

/** How well they do together. */
export function testMembers(
  [first, ...others]: Members,
  { parts, summary: { classes } }: DataSet,
  part: PartName,
): Promise<TestResult> {
  const asked = ({ model }: Member) => ({ model, classes, path: "the model" });
  return testModels([asked(first), ...others.map(asked)], parts[part]);
}

export interface Accuracies {
  readonly validation: number;
  readonly test: number;
}

export interface MemberAccuracies {
  readonly each: readonly Accuracies[];
  readonly together: Accuracies;
}

/** How well each does, and all of them together. */
export async function compareMembers(members: Members, data: DataSet): Promise<MemberAccuracies> {
  const measure = async (some: Members): Promise<Accuracies> => {
    const [validation, test] = [await testMembers(some, data, "validation"), await testMembers(some, data, "test")];
    return { validation: validation.accuracy, test: test.accuracy };
  };
  const each: Accuracies[] = [];
  for (const member of members) each.push(await measure([member]));
  return { each, together: await measure(members) };
}
