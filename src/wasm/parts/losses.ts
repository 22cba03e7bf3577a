/** Losses beyond the core's. See assembly/parts/losses.ts. */
import { losses } from "../binaries/losses.js";
import { part } from "../instantiate.js";
import type { FusedLoss, Loss, LossBackward, P, Scale, Scratch } from "../kernels.js";

export interface LossKernels {
  isBinary: (x: P, xStride: number, rows: number, width: number) => number;
  sigmoidCrossentropyForward: FusedLoss;
  sigmoidCrossentropyBackward: LossBackward<Scale>;
  categoricalFocalCrossentropyForward: Loss<[gamma: number]>;
  categoricalFocalCrossentropyBackward: LossBackward<[gamma: number, scale: number], Scratch>;
  generalizedCrossentropyForward: Loss<[q: number]>;
  generalizedCrossentropyBackward: LossBackward<[q: number, scale: number], Scratch>;
  binaryCrossentropyForward: Loss;
  binaryCrossentropyBackward: LossBackward<Scale>;
  elementwiseLossForward: Loss<[formula: number, a: number, b: number, c: number, factor: number]>;
  elementwiseLossBackward: LossBackward<[formula: number, a: number, b: number, c: number, scale: number]>;
  categoricalHingeForward: Loss;
  categoricalHingeBackward: LossBackward<Scale, Scratch>;
  cosineSimilarityForward: Loss;
  cosineSimilarityBackward: LossBackward<Scale, Scratch>;
  overlapLossForward: Loss<[share: number, a: number, b: number, c: number, groupRows: number]>;
  overlapLossBackward: LossBackward<
    [share: number, a: number, b: number, c: number, scale: number, groupRows: number],
    Scratch
  >;
  circleForward: (
    loss: P,
    pulls: P,
    p: P,
    stride: number,
    labels: P,
    yStride: number,
    gamma: number,
    margin: number,
    withSelf: boolean,
    rows: number,
    width: number,
    scores: P,
    scratch: P,
  ) => void;
  circleBackward: (
    dP: P,
    pulls: P,
    p: P,
    stride: number,
    weights: P,
    scale: number,
    rows: number,
    width: number,
  ) => void;
}

/** These kernels in the memory of a core. */
export const lossKernels = /* @__PURE__ */ part<LossKernels>(losses);
