/** Batches that come one after the other, from wherever: the data need not fit in memory. */
import { type ArrayInput, describe, isTypedArray, toNDArray } from "../arrays.js";
import type { CallbackHooks, Logs } from "../callbacks/callback.js";
import { forEachHook } from "../callbacks/hooks.js";
import { LanewiseError } from "../errors.js";
import type { Network, Seed } from "../network/network.js";
import { type Objective, planScoring, planTraining, type TrainingPlan } from "../network/plans.js";
import type { BatchSource, Scored } from "./batches.js";
import { type LabelledArrays, stageBatch } from "./dataset.js";
import { RunningFigures } from "./measuring.js";
import { toSampleWeights } from "./sample-weights.js";
import type { Pauses } from "./yielding.js";

/**
 * Samples, their targets and, if wanted, what each sample counts: `{ xs, ys }`, `[xs, ys]` or `[xs, ys, sampleWeight]`.
 * Batches may differ in their numbers of samples.
 */
export type DatasetBatch =
  | { readonly xs: ArrayInput; readonly ys: ArrayInput; readonly sampleWeight?: ArrayInput | undefined }
  | readonly [xs: ArrayInput, ys: ArrayInput, sampleWeight?: ArrayInput | undefined];

type Batches = Iterable<DatasetBatch> | AsyncIterable<DatasetBatch>;

/**
 * Batches: an array of them, any object that gives them anew whenever it is iterated, or a function that is asked for them
 * in every epoch, such as an (async) generator function.
 */
export type Dataset = Batches | ((epoch: number) => Batches | Promise<Batches>);

/** The batches of an epoch, checked. */
export interface BatchReader {
  /** Undefined behind the last. */
  next(): Promise<LabelledArrays | undefined>;
  close(): Promise<void>;
}

export interface DatasetReader {
  openEpoch(epoch: number): BatchReader;
  /** The first batch, which is read again by the first epoch. */
  peek(epoch: number): Promise<LabelledArrays>;
  close(): Promise<void>;
}

/** Returns the batch as it is to be used. Throws for one that does not fit the model. */
export type CheckBatch = (batch: LabelledArrays, xName: string, yName: string) => LabelledArrays;
type BatchIterator = Iterator<DatasetBatch> | AsyncIterator<DatasetBatch>;

/**
 * With `batchesPerEpoch`, an epoch of a function's batches ends there, while batches of an object go on from epoch to epoch;
 * the last epoch of a pass over them may be shorter (as in Keras).
 *
 * @param where The method, for messages.
 */
export function readDataset(
  dataset: Dataset,
  batchesPerEpoch: number | undefined,
  where: string,
  check: CheckBatch,
): DatasetReader {
  const isFunction = typeof dataset === "function";
  if (!isFunction) checkIterable(dataset, `${where}: dataset`);
  let kept: BatchIterator | undefined;
  let peeked: { readonly iterator: BatchIterator; readonly batch: LabelledArrays; readonly epoch: number } | undefined;
  /** Whether the batches come only once. */
  const isSpent = (iterator: BatchIterator): boolean => (iterator as unknown) === dataset;

  const openIterator = async (epoch: number): Promise<BatchIterator> => {
    const batches: unknown = isFunction ? await dataset(epoch) : dataset;
    checkIterable(batches, `${where}: dataset(${epoch})`);
    return (
      Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]()
    ) as BatchIterator;
  };
  const closeIterator = async (iterator: BatchIterator | undefined): Promise<void> => {
    if (iterator && !isSpent(iterator)) await iterator.return?.();
  };
  const read = async (iterator: BatchIterator, what: string): Promise<LabelledArrays | undefined> => {
    const { done, value } = await iterator.next();
    if (done) return undefined;
    const [xs, ys, sampleWeight] = partsOf(value, `${where}: ${what}`);
    const x = toNDArray(xs, `${what}: xs`);
    const weights = toSampleWeights(sampleWeight, x.shape[0] ?? 0, `${what}: sampleWeight`);
    return check({ x, y: toNDArray(ys, `${what}: ys`), weights }, `${what}: xs`, `${what}: ys`);
  };
  const ranDry = (epoch: number, count: number): LanewiseError => {
    const wanted = count === 0 || batchesPerEpoch === undefined ? "at least one batch" : `${batchesPerEpoch} batches`;
    return new LanewiseError(
      `${where}: epoch ${epoch + 1}: expected ${wanted}, got ${count || "none"}; an iterator gives its batches only once: ` +
        "hand over a function that makes one for each epoch",
    );
  };

  return {
    async peek(epoch) {
      const iterator = await openIterator(epoch);
      const batch = await read(iterator, `batch 1 of epoch ${epoch + 1}`);
      if (!batch) throw ranDry(epoch, 0);
      peeked = { iterator, batch, epoch };
      return batch;
    },
    openEpoch(epoch) {
      let iterator: BatchIterator | undefined;
      let first: LabelledArrays | undefined;
      let count = 0;
      let ended = false;
      const begin = async (): Promise<BatchIterator> => {
        const begun = peeked;
        peeked = undefined;
        if (begun && (!isFunction || begun.epoch === epoch)) {
          first = begun.batch;
          return begun.iterator;
        }
        await closeIterator(begun?.iterator);
        return kept ?? openIterator(epoch);
      };
      const next = async (): Promise<LabelledArrays | undefined> => {
        iterator ??= await begin();
        const what = `batch ${count + 1} of epoch ${epoch + 1}`;
        let batch = first ?? (await read(iterator, what));
        first = undefined;
        if (!batch && count === 0 && kept && !isSpent(iterator)) {
          // The pass over the data had come to its end with the epoch before
          iterator = await openIterator(epoch);
          batch = await read(iterator, what);
        }
        if (!batch) {
          kept = undefined;
          if (count === 0 || (batchesPerEpoch !== undefined && isSpent(iterator))) throw ranDry(epoch, count);
        }
        return batch;
      };
      return {
        async next() {
          if (ended || count === batchesPerEpoch) return undefined;
          const batch = await next();
          if (!batch) {
            ended = true;
            return undefined;
          }
          if (!isFunction && batchesPerEpoch !== undefined) kept = iterator;
          count++;
          return batch;
        },
        async close() {
          if (!ended && iterator !== kept) await closeIterator(iterator);
        },
      };
    },
    async close() {
      await closeIterator(kept ?? peeked?.iterator);
    },
  };
}

/** Training on the batches of a data set. Memory is that of the largest batch. */
export function batchesOfDataset(
  network: Network,
  { optimizer, objective }: Scored,
  reader: DatasetReader,
  batchesPerEpoch: number | undefined,
): BatchSource {
  let start = 0;
  let seed: Seed;
  let planned: { readonly plan: TrainingPlan; readonly capacity: number; readonly weighted: boolean } | undefined;
  const planFor = (rows: number, hasWeights: boolean): TrainingPlan => {
    if (!planned || rows > planned.capacity || (hasWeights && !planned.weighted)) {
      const capacity = Math.max(rows, planned?.capacity ?? 0);
      const weighted = hasWeights || (planned?.weighted ?? false);
      network.release(start);
      const format = { sparseInput: undefined, weighted };
      planned = { plan: planTraining(network, capacity, format, objective, optimizer, seed), capacity, weighted };
    }
    return planned.plan;
  };
  return {
    batchesPerEpoch,
    plan(given) {
      start = network.arena.mark();
      seed = given;
    },
    finish: (resumed) => planned?.plan.finish(resumed),
    openEpoch(epoch, skip) {
      const batches = reader.openEpoch(epoch);
      let left = skip;
      return {
        async next() {
          for (; left > 0; left--) await batches.next();
          const batch = await batches.next();
          if (!batch) return undefined;
          const rows = batch.x.shape[0] ?? 0;
          return {
            rows,
            train() {
              const plan = planFor(rows, batch.weights !== undefined);
              stageBatch(network, plan, batch, objective.loss, "xs");
              return plan.train(rows);
            },
          };
        },
        close: () => batches.close(),
      };
    },
  };
}

/**
 * Loss and metrics over the batches that the reader gives for one epoch; it is then closed. Calls the hooks around each
 * batch, and waits behind it for `pause`.
 */
export async function measureDataset(
  network: Network,
  reader: DatasetReader,
  objective: Objective,
  epoch: number,
  hooks: readonly CallbackHooks[],
  pause: Pauses["afterBatch"],
): Promise<Logs> {
  const totals = new RunningFigures(objective);
  const batches = reader.openEpoch(epoch);
  try {
    let number = 0;
    for (let batch = await batches.next(); batch; batch = await batches.next()) {
      const at = number++;
      await forEachHook(hooks, (hook) => hook.onTestBatchBegin?.(at));
      addBatch(network, batch, objective, totals, "xs");
      await forEachHook(hooks, (hook) => hook.onTestBatchEnd?.(at, totals.logs()));
      await pause();
    }
  } finally {
    await batches.close();
    await reader.close();
  }
  return totals.logs();
}

/** In one go, without a wait for others, so that its memory may lie on top of theirs. */
export function addBatch(
  network: Network,
  batch: LabelledArrays,
  objective: Objective,
  totals: RunningFigures,
  what: string,
): void {
  const start = network.arena.mark();
  try {
    const rows = batch.x.shape[0] ?? 0;
    const format = { sparseInput: undefined, weighted: batch.weights !== undefined };
    const plan = planScoring(network, rows, format, objective);
    stageBatch(network, plan, batch, objective.loss, what);
    totals.add(plan.score(rows), rows);
  } finally {
    network.release(start);
  }
}

/** Whether it is a data set, rather than a pair of arrays. */
export function isDataset(value: unknown): value is Dataset {
  if (typeof value === "function") return true;
  if (!Array.isArray(value)) return isIterable(value);
  const [first] = value;
  return isPair(first) || (Array.isArray(first) && (isTypedArray(first[0]) || isTypedArray(first[0]?.data)));
}

function isIterable(value: unknown): value is Batches {
  return typeof value === "object" && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}

function checkIterable(batches: unknown, where: string): asserts batches is Batches {
  if (isIterable(batches) && !isTypedArray(batches)) return;
  throw new TypeError(
    `${where}: expected batches that can be iterated over, or a function that returns them, got ${describe(batches)}`,
  );
}

function isPair(batch: unknown): batch is Extract<DatasetBatch, { readonly xs: ArrayInput }> {
  return typeof batch === "object" && batch !== null && "xs" in batch && "ys" in batch;
}

function partsOf(batch: unknown, where: string): Extract<DatasetBatch, readonly unknown[]> {
  if (isPair(batch)) return [batch.xs, batch.ys, batch.sampleWeight];
  if (Array.isArray(batch) && [2, 3].includes(batch.length)) {
    return batch as unknown as Extract<DatasetBatch, readonly unknown[]>;
  }
  throw new TypeError(`${where}: expected { xs, ys }, [xs, ys] or [xs, ys, sampleWeight], got ${describe(batch)}`);
}
