/** What regularizers and constraints do to the weights that learn: penalties, their gradients, and the way back in bounds. */
import type { TrainingPass, Weight } from "../layers/layer.js";
import type { Regularizer } from "../regularizers/index.js";
import { offset, type Pointer } from "../wasm/kernels.js";
import type { Network } from "./network.js";

interface RegularizedWeight extends Weight {
  readonly regularizer: Regularizer;
  readonly zeroBetween: true;
}

/** Lays out measuring the sum of the penalties on all weights that learn. As in Keras, frozen ones have none. */
export function planPenalty(network: Network): () => number {
  const { arena } = network;
  const regularized = regularizedWeights(network);
  const workspace = arena.allocate(workspaceLength(regularized));
  return () => regularized.reduce((sum, weight) => sum + weight.regularizer.penalty(arena, weight, workspace), 0);
}

/** Lays out adding the gradients of penalties to those of the loss, before a step changes the weights. */
export function planPenaltyGradients(network: Network): { begin(): TrainingPass["update"] } {
  const { arena } = network;
  const regularized = new Map(regularizedWeights(network).map((weight) => [weight.path, weight]));
  const workspace = arena.allocate(workspaceLength([...regularized.values()]));
  /** Gradients that are found for all rows at once, from weights of which none has changed yet. */
  const whole = new Map<string, Pointer>();
  for (const [path, { regularizer, rows, stride }] of regularized) {
    if (regularizer.couplesRows) whole.set(path, arena.allocate(rows * stride));
  }
  return {
    begin() {
      const found = new Set<string>();
      return ({ path }, firstRow, rows, gradient) => {
        const weight = regularized.get(path);
        if (!weight) return;
        const { regularizer, pointer, stride } = weight;
        const gradients = whole.get(path);
        const first = firstRow * stride;
        if (gradients === undefined) {
          const part = { ...weight, rows, pointer: offset(pointer, first) };
          regularizer.addGradient(arena, gradient, part, 1, workspace);
          return;
        }
        if (!found.has(path)) {
          found.add(path);
          arena.kernels.fill(gradients, 0, weight.rows * stride);
          regularizer.addGradient(arena, gradients, weight, 1, workspace);
        }
        arena.kernels.blend(gradient, offset(gradients, first), 1, 1, rows * stride);
      };
    },
  };
}

/** Lays out bringing weights back to what their constraints allow. */
export function planConstraints({ arena, weights }: Network): (changed: readonly Weight[]) => void {
  const lengths = weights.map(({ constraint, rows, width }) => constraint?.workspaceLength?.(rows, width) ?? 0);
  const workspace = arena.allocate(Math.max(0, ...lengths));
  return (changed) => {
    for (const weight of changed) weight.constraint?.apply(arena, weight, workspace);
  };
}

function regularizedWeights({ weights }: Network): RegularizedWeight[] {
  return weights.flatMap((weight) => {
    const { regularizer, trainable, layer } = weight;
    const learns = trainable !== false && layer.trainable !== false;
    return regularizer && learns ? [{ ...weight, regularizer, zeroBetween: true as const }] : [];
  });
}

function workspaceLength(regularized: readonly RegularizedWeight[]): number {
  return Math.max(
    0,
    ...regularized.map(({ regularizer, rows, width }) => regularizer.workspaceLength?.(rows, width) ?? 0),
  );
}
