/** Activations beyond the core's. See assembly/parts/activations.ts. */
import { activations } from "../binaries/activations.js";
import { part } from "../instantiate.js";
import type { Elementwise, ElementwiseBackward, P, Rowwise, RowwiseBackward } from "../kernels.js";

export interface ActivationKernels {
  transcendentalForward: Elementwise<[kind: number, alpha: number]>;
  transcendentalBackward: ElementwiseBackward<[kind: number, alpha: number]>;
  logSoftmaxForward: Rowwise;
  logSoftmaxBackward: RowwiseBackward;
  sparsemaxForward: Rowwise;
  sparsemaxBackward: RowwiseBackward;
  preluForward: (y: P, x: P, alpha: P, stride: number, rows: number, width: number) => void;
  preluBackward: (dX: P, dAlpha: P, dY: P, x: P, alpha: P, stride: number, rows: number, width: number) => void;
}

/** These kernels in the memory of a core. */
export const activationKernels = /* @__PURE__ */ part<ActivationKernels>(activations);
