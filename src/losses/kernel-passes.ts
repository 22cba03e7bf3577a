/** Passes that are a pair of kernels, forward and backward: see assembly/losses for their formulas. */
import type { Kernels, Pointer } from "../wasm/kernels.js";
import type { LossBatch, LossPasses } from "./loss.js";

/** Where a pair is to be found: in the core or in one of its parts. */
type Pair<Forward, Backward> = (kernels: Kernels) => readonly [Forward, Backward];

type Kernel<Parameters extends unknown[]> = (out: Pointer, predictions: Pointer, ...rest: Parameters) => void;
type Targets = [stride: number, targets: Pointer, targetStride: number];
type Size = [rows: number, width: number, scratch: Pointer];
/** Not all make use of the scratch. */
type PlainBackward = Kernel<[...Targets, scale: number, ...Size]>;

export function plain(pair: Pair<Kernel<[...Targets, ...Size]>, PlainBackward>): LossPasses {
  return {
    forward(kernels, { losses, predictions, stride, targets, targetStride, rows, width, scratch }) {
      pair(kernels)[0](losses, predictions, stride, targets, targetStride, rows, width, scratch);
    },
    backward: (kernels, ...rest) => plainBackward(pair(kernels)[1], ...rest),
  };
}

/** The same with a number that the formula needs. */
export function withNumber(
  number: number,
  pair: Pair<
    Kernel<[...Targets, number: number, ...Size]>,
    Kernel<[...Targets, number: number, scale: number, ...Size]>
  >,
): LossPasses {
  return {
    forward(kernels, { losses, predictions, stride, targets, targetStride, rows, width, scratch }) {
      pair(kernels)[0](losses, predictions, stride, targets, targetStride, number, rows, width, scratch);
    },
    backward(kernels, { predictions, stride, targets, targetStride, rows, width, scratch }, gradient, scale) {
      pair(kernels)[1](gradient, predictions, stride, targets, targetStride, number, scale, rows, width, scratch);
    },
  };
}

/** Those that are joined with the activation before the loss. */
export function joined(pair: Pair<Kernel<[logits: Pointer, ...Targets, ...Size]>, PlainBackward>): LossPasses {
  return {
    forward(kernels, { losses, predictions, logits, stride, targets, targetStride, rows, width, scratch }) {
      pair(kernels)[0](losses, predictions, logits, stride, targets, targetStride, rows, width, scratch);
    },
    backward: (kernels, ...rest) => plainBackward(pair(kernels)[1], ...rest),
  };
}

function plainBackward(
  backward: PlainBackward,
  { predictions, stride, targets, targetStride, rows, width, scratch }: LossBatch,
  gradient: Pointer,
  scale: number,
): void {
  backward(gradient, predictions, stride, targets, targetStride, scale, rows, width, scratch);
}
