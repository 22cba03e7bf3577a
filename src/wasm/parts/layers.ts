/** Layers beyond the core's. See assembly/parts/layers.ts. */
import { layers } from "../binaries/layers.js";
import { part } from "../instantiate.js";
import type { Elementwise, P } from "../kernels.js";

export interface LayerKernels {
  encodeCategories: (
    out: P,
    outStride: number,
    x: P,
    xStride: number,
    rows: number,
    width: number,
    size: number,
    tokens: number,
    counting: boolean,
  ) => number;
  columnMoments: (mean: P, variance: P, x: P, stride: number, rows: number, n: number) => void;
  inverseDeviations: Elementwise<[epsilon: number]>;
  affineColumns: (y: P, x: P, stride: number, shift: P, scale: P, offset: P, rows: number, n: number) => void;
  columnNormalizationBackward: (dX: P, dY: P, y: P, stride: number, factor: P, rows: number, n: number) => void;
  rowNormalizationForward: (
    y: P,
    factors: P,
    x: P,
    stride: number,
    rows: number,
    width: number,
    centered: boolean,
    divisor: number,
    epsilon: number,
    most: number,
  ) => void;
  rowNormalizationBackward: (
    dX: P,
    dY: P,
    y: P,
    stride: number,
    factors: P,
    rows: number,
    width: number,
    centered: boolean,
    divisor: number,
  ) => void;
}

/** These kernels in the memory of a core. */
export const layerKernels = /* @__PURE__ */ part<LayerKernels>(layers);
