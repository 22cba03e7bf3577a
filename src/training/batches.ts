/** Where training gets its batches from. */

import type { Network, Seed } from "../network/network.js";
import { type BatchScore, type Objective, planTraining, type TrainingPlan } from "../network/plans.js";
import type { Optimizer } from "../optimizers/index.js";
import { offset, type Pointer } from "../wasm/kernels.js";
import { ascending, type LabelledArrays, loadDataset } from "./dataset.js";
import type { Steps } from "./steps.js";

/** Which of a model's random streams shuffles: its steps are the passes over the data. */
const SHUFFLE_STREAM = 0x20000;

/** What is trained, and towards what. */
export interface Scored {
  readonly optimizer: Optimizer;
  readonly objective: Objective;
}

export interface BatchSource {
  /** How many batches an epoch has at most. Undefined when only its end can tell. */
  readonly batchesPerEpoch: number | undefined;
  /** Lays out training, with the optimizer's state as it is now. */
  plan(seed: Seed): void;
  /** Ends training: an optimizer that averages the weights sets them to their averages. */
  finish(resumed: boolean): void;
  /** The batches of an epoch, one after the other, but for the first `skip` of them. */
  openEpoch(epoch: number, skip: number): EpochBatches;
}

export interface EpochBatches {
  /** Undefined behind the last. */
  next(): TrainingBatch | undefined | Promise<TrainingBatch | undefined>;
  /** Called when no more batches are wanted. */
  close?(): unknown;
}

export interface TrainingBatch {
  readonly rows: number;
  /** See TrainingPlan. */
  train(): BatchScore;
}

export interface BatchSettings {
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly stepsPerEpoch: number | undefined;
}

/**
 * Batches of checked data, which is copied into memory. An epoch is a pass over it, or, with `stepsPerEpoch`, that many
 * batches of one, the next epoch going on from there; the last of a pass may have fewer (as in Keras). Which rows an epoch
 * has is a function of seed and epoch alone, so that it does not matter where training began.
 */
export function* batchesOf(
  network: Network,
  { optimizer, objective }: Scored,
  data: LabelledArrays,
  { batchSize, shuffle, stepsPerEpoch }: BatchSettings,
): Steps<BatchSource> {
  const dataset = yield* loadDataset(network, data, objective.loss, "x");
  const { rows } = dataset;
  const capacity = Math.min(batchSize, rows);
  const batchesPerPass = Math.ceil(rows / capacity);
  const batchesPerEpoch = Math.min(stepsPerEpoch ?? batchesPerPass, batchesPerPass);
  const epochsPerPass = Math.ceil(batchesPerPass / batchesPerEpoch);
  let planned: { readonly plan: TrainingPlan; readonly orderOf: (pass: number) => Pointer };
  return {
    batchesPerEpoch,
    plan(seed) {
      const format = dataset.format(capacity, optimizer);
      planned = {
        plan: planTraining(network, capacity, format, objective, optimizer, seed),
        orderOf: planOrder(network, rows, shuffle, seed),
      };
    },
    finish: (resumed) => planned.plan.finish(resumed),
    openEpoch(epoch, skip) {
      const { plan, orderOf } = planned;
      const order = orderOf(Math.floor(epoch / epochsPerPass));
      const firstBatch = (epoch % epochsPerPass) * batchesPerEpoch;
      let next = (firstBatch + skip) * capacity;
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
