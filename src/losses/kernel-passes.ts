/** Passes that are a pair of kernels, `Forward` and `Backward`: see assembly/losses for their formulas. */
import type { Pointer } from "../wasm/kernels.js";
import type { LossPasses } from "./loss.js";

type Plain =
  | "binaryCrossentropy"
  | "categoricalCrossentropy"
  | "categoricalHinge"
  | "cosineSimilarity"
  | "meanSquaredError";
type WithNumber = "categoricalFocalCrossentropy" | "generalizedCrossentropy";
type Joined = "sigmoidCrossentropy" | "softmaxCrossentropy";

/** What all of them take, from the predictions on. */
type Gradient = (
  gradient: Pointer,
  predictions: Pointer,
  stride: number,
  targets: Pointer,
  targetStride: number,
  scale: number,
  rows: number,
  width: number,
  scratch: Pointer,
) => void;

export function plain(name: Plain): LossPasses {
  const forward = `${name}Forward` as const;
  return {
    forward(kernels, { losses, predictions, stride, targets, targetStride, rows, width, scratch }) {
      kernels[forward](losses, predictions, stride, targets, targetStride, rows, width, scratch);
    },
    backward: backwardOf(`${name}Backward`),
  };
}

/** The same with a number that the formula needs. */
export function withNumber(name: WithNumber, number: number): LossPasses {
  const forward = `${name}Forward` as const;
  const backward = `${name}Backward` as const;
  return {
    forward(kernels, { losses, predictions, stride, targets, targetStride, rows, width, scratch }) {
      kernels[forward](losses, predictions, stride, targets, targetStride, number, rows, width, scratch);
    },
    backward(kernels, { predictions, stride, targets, targetStride, rows, width, scratch }, gradient, scale) {
      kernels[backward](gradient, predictions, stride, targets, targetStride, number, scale, rows, width, scratch);
    },
  };
}

/** Those that are joined with the activation before the loss. */
export function joined(name: Joined): LossPasses {
  const forward = `${name}Forward` as const;
  return {
    forward(kernels, { losses, predictions, logits, stride, targets, targetStride, rows, width, scratch }) {
      kernels[forward](losses, predictions, logits, stride, targets, targetStride, rows, width, scratch);
    },
    backward: backwardOf(`${name}Backward`),
  };
}

function backwardOf(name: `${Plain | Joined}Backward`): LossPasses["backward"] {
  return (kernels, batch, gradient, scale) => {
    const { predictions, stride, targets, targetStride, rows, width, scratch } = batch;
    // Not all make use of the scratch
    const backward: Gradient = kernels[name];
    backward(gradient, predictions, stride, targets, targetStride, scale, rows, width, scratch);
  };
}
