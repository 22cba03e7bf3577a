/** What an optimizer does around its update, in Keras's order. */
import type { Kernels, Pointer } from "../wasm/kernels.js";
import type { Optimizer } from "./optimizer.js";

/** A weight in memory: its values, with zeros between its rows, and the slots, laid out alike. */
export interface Parameter {
  readonly pointer: Pointer;
  readonly state: readonly Pointer[];
  /** Floats, a multiple of 4. */
  readonly length: number;
  /** As in a saved model: `dense/kernel`. */
  readonly path?: string | undefined;
}

/** A weight with its gradient: the step's own, or the sum in the slot of an optimizer that accumulates. */
export interface WithGradient extends Parameter {
  readonly gradient: Pointer;
}

/** Whether a step needs gradients whole, so that they have to be collected before it. */
export function needsWholeGradients({
  takesWholeWeights = false,
  clipnorm,
  globalClipnorm,
  accumulation,
}: Optimizer): boolean {
  return takesWholeWeights || clipnorm !== undefined || globalClipnorm !== undefined || accumulation !== undefined;
}

/** Fills a parameter's slots with what they start at. */
export function startSlots(kernels: Kernels, { slotStarts = [] }: Optimizer, { pointer, state, length }: Parameter) {
  slotStarts.forEach((start, index) => {
    const slot = state[index];
    if (slot === undefined || start === 0) return;
    if (start === "weight") kernels.copyRows(slot, length, pointer, length, 1, length);
    else kernels.fill(slot, start, length);
  });
}

/** Mean of what was accumulated, clipping by norm, update. Overwrites the gradients. */
export function updateWhole(
  kernels: Kernels,
  optimizer: Optimizer,
  iteration: number,
  parameters: readonly WithGradient[],
): void {
  const { accumulation } = optimizer;
  const update = optimizer.step(iteration);
  if (accumulation) {
    if (iteration % accumulation.steps !== 0) return;
    for (const { gradient, length } of parameters) {
      kernels.rescale(gradient, gradient, 1 / accumulation.steps, 0, length);
    }
  }
  clipNorms(kernels, optimizer, parameters);
  for (const { pointer, state, gradient, length, path } of parameters) {
    update(kernels, pointer, state, gradient, length, path);
  }
  if (accumulation) for (const { gradient, length } of parameters) kernels.fill(gradient, 0, length);
}

/** Moves the averages toward the new weights and, when it is time, sets the weights to them. */
export function average(
  kernels: Kernels,
  optimizer: Optimizer,
  iteration: number,
  parameters: readonly Parameter[],
): void {
  const { averaging, accumulation } = optimizer;
  if (!averaging) return;
  const updates = Math.floor((iteration - 1) / (accumulation?.steps ?? 1));
  const momentum = updates === 0 ? 0 : averaging.momentum;
  for (const { pointer, state, length } of parameters) {
    kernels.blend(state[averaging.slot] as Pointer, pointer, momentum, 1 - momentum, length);
  }
  const { overwriteFrequency } = averaging;
  if (overwriteFrequency !== undefined && (updates + 1) % overwriteFrequency === 0) {
    setToAverages(kernels, optimizer, parameters);
  }
}

/** w = average, where the optimizer keeps one. */
export function setToAverages(kernels: Kernels, { averaging }: Optimizer, parameters: readonly Parameter[]): void {
  if (!averaging) return;
  for (const { pointer, state, length } of parameters) {
    kernels.copyRows(pointer, length, state[averaging.slot] as Pointer, length, 1, length);
  }
}

function clipNorms(
  kernels: Kernels,
  { clipnorm, globalClipnorm }: Optimizer,
  parameters: readonly WithGradient[],
): void {
  const limit = clipnorm ?? globalClipnorm;
  if (limit === undefined) return;
  const squares = parameters.map(({ gradient, length }) => kernels.sumOfSquares(gradient, length));
  const total = squares.reduce((sum, square) => sum + square, 0);
  parameters.forEach(({ gradient, length }, index) => {
    const norm = Math.sqrt(clipnorm === undefined ? total : (squares[index] as number));
    // Not `norm > limit`: what is no number must not pass for short. And an infinite norm leaves no direction
    if (!(norm <= limit)) kernels.rescale(gradient, gradient, norm === Infinity ? NaN : limit / norm, 0, length);
  });
}

/** Of each slot, also where the optimizer has given it no name. */
export function slotNamesOf({ slots, slotNames = [] }: Optimizer): string[] {
  return Array.from({ length: slots }, (_, slot) => slotNames[slot] ?? `slot_${slot}`);
}
