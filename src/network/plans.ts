/** Laying out measuring and training on batches. Nothing is allocated once a plan is made. */
import type { Pass, SparseValues, Step, Values } from "../layers/layer.js";
import type { Loss, LossBatch } from "../losses/loss.js";
import { type Reduced, reduceLosses } from "../losses/reduction.js";
import { MetricBatch } from "../metrics/batch.js";
import type { Metric } from "../metrics/metric.js";
import type { Optimizer } from "../optimizers/index.js";
import type { Pointer } from "../wasm/kernels.js";
import type { Network, Seed } from "./network.js";
import { planPenalty } from "./penalties.js";
import { allocateInput, planSteps } from "./steps.js";
import { planUpdates } from "./updates.js";

/** Where a batch is to be put before a plan runs it. */
export interface LabelledBatch {
  /** For its rows, or the ranges of their entries. */
  readonly input: Values | SparseValues;
  /** f32[capacity, width of the output]. */
  readonly targets: Values;
  /** f32[capacity], where samples have weights. */
  readonly sampleWeights: Pointer | undefined;
}

/** What batches are like. */
export interface BatchFormat {
  /** Where their sparse rows are to be put; undefined for dense rows. */
  readonly sparseInput: SparseValues | undefined;
  /** Whether their samples have weights. */
  readonly weighted: boolean;
}

/** A plan that measures. */
export interface ScoringPlan extends LabelledBatch {
  /** Runs the batch and measures it. */
  score(rows: number): BatchScore;
}

/** A plan that measures and learns. */
export interface TrainingPlan extends LabelledBatch {
  /**
   * Runs the batch, measures it, and takes a step of the optimizer; without it, and with nothing changed, when the loss is
   * not finite.
   */
  train(rows: number): BatchScore;
  /**
   * Ends a training of many steps: an optimizer that averages the weights sets them to their averages.
   *
   * @param resumed Whether training goes on from another's state, so that there may be averages without a step.
   */
  finish(resumed: boolean): void;
}

/** The batch's loss times its rows, and what metrics are to see of the batch before the next one takes its place. */
export interface BatchScore {
  readonly loss: number;
  readonly batch: MetricBatch;
  /** The same with its samples' weights. */
  readonly weightedBatch: MetricBatch;
}

/** What decides how well it goes. */
export interface Objective {
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
  /** Those that heed the samples' weights. */
  readonly weightedMetrics: readonly Metric[];
}

/** Lays out measuring for batches of up to `capacity` rows. */
export function planScoring(
  network: Network,
  capacity: number,
  format: BatchFormat,
  objective: Objective,
): ScoringPlan {
  const { input, targets, sampleWeights, run } = planMeasured(network, capacity, format, objective, false);
  return { input, targets, sampleWeights, score: (rows) => run({ rows }) };
}

/** Lays out training for batches of up to `capacity` rows. */
export function planTraining(
  network: Network,
  capacity: number,
  format: BatchFormat,
  objective: Objective,
  optimizer: Optimizer,
  seed: Seed,
): TrainingPlan {
  const measured = planMeasured(network, capacity, format, objective, true);
  const { input, steps, targets, sampleWeights, run, backward, output } = measured;
  const gradients = planGradients(network, capacity, steps, output);
  const updates = planUpdates(network, optimizer);
  const gradient = gradients.at(-1);
  return {
    input,
    targets,
    sampleWeights,
    train(rows) {
      const iteration = network.iterations + 1;
      const training = { rows, ...seed, iteration, update: updates.begin(iteration) };
      const score = run({ rows, training });
      if (!Number.isFinite(score.loss)) return score;
      if (gradient !== undefined) backward(rows, gradient);
      for (let index = steps.length - 1; index >= 0; index--) {
        const dOutput = gradients[index + 1];
        if (dOutput !== undefined) (steps[index] as Step).backward(training, dOutput, gradients[index]);
      }
      updates.end(iteration);
      network.iterations = iteration;
      return score;
    },
    finish: updates.finish,
  };
}

/** The steps up to what the loss takes over, the loss behind them, and the penalties of regularizers. */
function planMeasured(
  network: Network,
  capacity: number,
  { sparseInput, weighted }: BatchFormat,
  { loss }: Objective,
  training: boolean,
) {
  const { arena } = network;
  const { kernels } = arena;
  const input = sparseInput ?? allocateInput(network, capacity);
  const { steps, output: last } = planSteps(network, capacity, input, training);
  const fused = loss.fused && loss.fused.activation === steps.at(-1)?.activation ? loss.fused : undefined;
  if (fused) steps.pop();
  const passes = fused ?? loss;
  const { width, stride } = last;
  const logits = steps.at(-1)?.output ?? (input as Values);
  const output = fused ? { pointer: arena.allocate(capacity * stride), width, stride } : last;
  const targets = { pointer: arena.allocate(capacity * stride), width, stride };
  const losses = arena.allocate(capacity);
  const scratch = arena.allocate(stride);
  const sampleWeights = weighted ? arena.allocate(capacity) : undefined;
  const counts = loss.countRows && arena.allocate(capacity);
  const workspace = arena.allocate(passes.workspaceLength?.(capacity, stride) ?? 0);
  const batch = (rows: number): LossBatch => ({
    rows,
    width,
    stride,
    losses,
    predictions: output.pointer,
    logits: logits.pointer,
    targets: targets.pointer,
    targetStride: stride,
    sampleWeights,
    scratch,
    workspace,
    floats: (start, length) => arena.floats(start, length),
  });
  const weightPenalty = planPenalty(network);
  let reduced: Reduced;
  return {
    input,
    steps,
    output,
    targets,
    sampleWeights,
    run(pass: Pass): BatchScore {
      const { rows } = pass;
      let penalty = weightPenalty();
      for (const step of steps) {
        step.forward(pass);
        penalty += step.penalty?.(rows) ?? 0;
      }
      const measured = batch(rows);
      passes.forward(kernels, measured);
      if (counts) loss.countRows?.(kernels, measured, counts);
      reduced = reduceLosses(kernels, loss, { rows, losses, sampleWeights, counts });
      const memory = { ...measured, targetWidth: width, values: losses, zeroClass: loss.ignoreClass };
      const seen = new MetricBatch(arena, memory);
      return {
        loss: reduced.total + penalty * rows,
        batch: seen,
        weightedBatch: sampleWeights === undefined ? seen : new MetricBatch(arena, memory, sampleWeights),
      };
    },
    /** After `run` of the same batch. */
    backward(rows: number, gradient: Pointer): void {
      const { scale, coefficients } = reduced;
      passes.backward(kernels, { ...batch(rows), sampleWeights: coefficients }, gradient, scale);
      if (coefficients && !loss.couplesRows) kernels.scaleRows(gradient, stride, coefficients, rows);
    },
  };
}

/**
 * The memory of the gradients at the steps' borders: [0] before the first step, [i + 1] behind step i. Undefined where
 * nothing before it learns; shared across a step that works in place.
 */
function planGradients(
  { arena }: Network,
  capacity: number,
  steps: readonly Step[],
  output: Values,
): (Pointer | undefined)[] {
  const gradients: (Pointer | undefined)[] = [undefined];
  let before: Values | undefined;
  let learns = false;
  for (const step of steps) {
    learns ||= step.learns;
    const inPlace = step.output.pointer === before?.pointer;
    const { stride } = step === steps.at(-1) ? output : step.output;
    gradients.push(inPlace ? gradients.at(-1) : learns ? arena.allocate(capacity * stride) : undefined);
    before = step.output;
  }
  return gradients;
}
