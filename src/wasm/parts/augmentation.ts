/** Layers that change images in training. See assembly/parts/augmentation.ts. */
import { augmentation } from "../binaries/augmentation.js";
import { part } from "../instantiate.js";
import type { P, Stream } from "../kernels.js";

/** Matrices for resampling, from what was drawn for each row. */
type Matrices<Parameters extends unknown[]> = (matrices: P, draws: P, rows: number, ...rest: Parameters) => void;
type ImageSize = [height: number, width: number];
type Filling = [rounded: boolean, fillMode: number, fillValue: number];

export interface AugmentationKernels {
  randomUniformRows: (out: P, bounds: P, firstRow: number, rows: number, columns: number, ...rest: Stream) => void;
  translationMatrices: Matrices<ImageSize>;
  rotationMatrices: Matrices<ImageSize>;
  zoomMatrices: Matrices<[...ImageSize, keepsRatio: boolean]>;
  shearMatrices: Matrices<[]>;
  affineMatrices: Matrices<ImageSize>;
  resampleAffine: (
    y: P,
    x: P,
    matrices: P,
    stride: number,
    rows: number,
    ...rest: [...ImageSize, channels: number, ...Filling, scratch: P]
  ) => void;
  elasticTransform: (
    y: P,
    draws: P,
    strength: P,
    smoothness: number,
    stride: number,
    firstRow: number,
    rows: number,
    ...rest: [...ImageSize, channels: number, ...Filling, ...Stream, scratch: P, own: P]
  ) => void;
  adjustBrightness: (y: P, x: P, draws: P, stride: number, rows: number, width: number, range: number) => void;
  adjustContrast: (
    y: P,
    x: P,
    draws: P,
    stride: number,
    rows: number,
    pixels: number,
    channels: number,
    scratch: P,
  ) => void;
  eraseRectangles: (
    y: P,
    fills: P,
    draws: P,
    stride: number,
    fillStride: number,
    rows: number,
    ...rest: [...ImageSize, channels: number]
  ) => void;
}

/** These kernels in the memory of a core. */
export const augmentationKernels = /* @__PURE__ */ part<AugmentationKernels>(augmentation);
