/** Passes made of others: with targets prepared, or on logits. */
import { type Kernels, offset } from "../wasm/kernels.js";
import type { LossBatch, LossPasses } from "./loss.js";

/** Passes on logits as predictions, from those that are joined with an activation. Keeps the probabilities in the workspace. */
export function onLogits(joined: LossPasses): LossPasses {
  const inner = (batch: LossBatch): LossBatch => ({
    ...batch,
    logits: batch.predictions,
    predictions: batch.workspace,
    workspace: offset(batch.workspace, batch.rows * batch.stride),
  });
  return {
    forward: (kernels, batch) => joined.forward(kernels, inner(batch)),
    backward: (kernels, batch, gradient, scale) => joined.backward(kernels, inner(batch), gradient, scale),
    workspaceLength: (rows, stride) => rows * stride + (joined.workspaceLength?.(rows, stride) ?? 0),
  };
}

/** Passes joined with a sigmoid or a softmax before them, one computed after the other. */
export function behind(activation: "sigmoid" | "softmax", passes: LossPasses): LossPasses {
  return {
    forward(kernels, batch) {
      const { predictions, logits, stride, rows, width } = batch;
      if (activation === "sigmoid") kernels.sigmoidForward(predictions, logits, rows * stride);
      else kernels.softmaxForward(predictions, logits, stride, rows, width);
      passes.forward(kernels, batch);
    },
    backward(kernels, batch, gradient, scale) {
      passes.backward(kernels, batch, gradient, scale);
      const { predictions, stride, rows, width } = batch;
      if (activation === "sigmoid") kernels.sigmoidBackward(gradient, gradient, predictions, rows * stride);
      else kernels.softmaxBackward(gradient, gradient, predictions, stride, rows, width);
    },
    ...(passes.workspaceLength && { workspaceLength: passes.workspaceLength }),
  };
}

/** Passes with targets that are first brought to the start of the workspace, changed. They stay there for `backward`. */
export function withTargets(prepare: (kernels: Kernels, batch: LossBatch) => void, passes: LossPasses): LossPasses {
  const inner = (batch: LossBatch): LossBatch => ({
    ...batch,
    targets: batch.workspace,
    targetStride: batch.stride,
    workspace: offset(batch.workspace, batch.rows * batch.stride),
  });
  return {
    forward(kernels, batch) {
      prepare(kernels, batch);
      passes.forward(kernels, inner(batch));
    },
    backward: (kernels, batch, gradient, scale) => passes.backward(kernels, inner(batch), gradient, scale),
    workspaceLength: (rows, stride) => rows * stride + (passes.workspaceLength?.(rows, stride) ?? 0),
  };
}

/** Passes with targets y · (1 - smoothing) + smoothing · share(width). */
export function smoothed(smoothing: number, share: (width: number) => number, passes: LossPasses): LossPasses {
  if (smoothing === 0) return passes;
  return withTargets((kernels, { workspace, targets, targetStride, stride, rows, width }) => {
    kernels.copyRows(workspace, stride, targets, targetStride, rows, width);
    kernels.rescale(workspace, workspace, 1 - smoothing, smoothing * share(width), rows * stride);
  }, passes);
}
