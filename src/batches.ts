/** Where training gets its batches from. */
import { ascending, type Dataset } from "./dataset.js";
import { type Network, type Seed, toSeed } from "./network.js";
import type { BatchScore, TrainingPlan } from "./plans.js";
import { offset, type Pointer } from "./wasm/kernels.js";

/** Which of a model's random streams shuffles: its steps are the passes over the data. */
const SHUFFLE_STREAM = 0x20000;

export interface BatchSource {
  /** How many batches an epoch has at most. Undefined when only its end can tell. */
  readonly batchesPerEpoch: number | undefined;
  /** The batches of an epoch, one after the other. */
  openEpoch(epoch: number): EpochBatches;
}

export interface EpochBatches {
  /** Undefined behind the last. */
  next(): TrainingBatch | undefined | Promise<TrainingBatch | undefined>;
}

export interface TrainingBatch {
  readonly rows: number;
  /** See TrainingPlan. */
  train(): BatchScore;
}

export interface BatchSettings {
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly stepsPerEpoch: number | undefined;
}

/**
 * Batches of a data set in memory. An epoch is a pass over it, or, with `stepsPerEpoch`, that many batches of one, the next
 * epoch going on from there; the last of a pass may have fewer (as in Keras). Which rows an epoch has is a function of seed
 * and epoch alone, so that it does not matter where training began.
 *
 * @param plan For batches of up to `capacity` rows.
 */
export function batchesOf(
  network: Network,
  dataset: Dataset,
  plan: TrainingPlan,
  capacity: number,
  { shuffle, seed, stepsPerEpoch }: BatchSettings,
): BatchSource {
  const { rows } = dataset;
  const batchesPerPass = Math.ceil(rows / capacity);
  const batchesPerEpoch = Math.min(stepsPerEpoch ?? batchesPerPass, batchesPerPass);
  const epochsPerPass = Math.ceil(batchesPerPass / batchesPerEpoch);
  const orderOf = planOrder(network, rows, shuffle, toSeed(seed));
  return {
    batchesPerEpoch,
    openEpoch(epoch) {
      const order = orderOf(Math.floor(epoch / epochsPerPass));
      const firstBatch = (epoch % epochsPerPass) * batchesPerEpoch;
      let next = firstBatch * capacity;
      const end = Math.min((firstBatch + batchesPerEpoch) * capacity, rows);
      return {
        next() {
          if (next >= end) return undefined;
          const first = next;
          const count = Math.min(capacity, end - first);
          next += count;
          return {
            rows: count,
            train() {
              dataset.gather(plan, offset(order, first), count);
              return plan.train(count);
            },
          };
        },
      };
    },
  };
}

/** Each pass's order of rows. */
function planOrder(
  network: Network,
  rows: number,
  shuffle: boolean,
  { seedLow, seedHigh }: Seed,
): (pass: number) => Pointer {
  const inOrder = ascending(network, rows);
  if (!shuffle) return () => inOrder;
  const { arena } = network;
  const order = arena.allocate(rows);
  const words = arena.allocate(rows);
  return (pass) => {
    arena.copy(order, inOrder, rows * 4);
    arena.kernels.shuffle(order, words, seedLow, seedHigh, SHUFFLE_STREAM, pass, rows);
    return order;
  };
}
