/** The kernels of the core, as assembly/index.ts exports them. Sizes and strides count floats; see there for formulas. */

declare const pointer: unique symbol;
/** An address in linear memory. Above 2 GiB Wasm hands it over as a negative number: `>>> 0` before computing with it. */
export type Pointer = number & { readonly [pointer]: true };

/** The pointer `floats` 4-byte elements further on. */
export function offset(base: Pointer, floats: number): Pointer {
  return ((base >>> 0) + floats * 4) as Pointer;
}

/** Floats of scratch for the dense products: a panel of 256 x 8 and groups of 128 x 256. See assembly/matmul.ts. */
export const SCRATCH_LENGTH = 256 * 8 + 128 * 256;

/** Floats of scratch for resampling images of that size: see assembly/augmentation/resample.ts. */
export function resamplingLength(height: number, width: number): number {
  return 3 * toVectors(height * width + 3) + (height + 3) * (width + 2) + 4;
}

/** Floats of scratch for smoothing with up to that many taps: see assembly/augmentation/elastic.ts. */
export function smoothingLength(height: number, width: number, taps: number): number {
  const pixels = height * width;
  const padded = toVectors(width);
  const arrays = 3 * toVectors(pixels + 3) + 2 * toVectors(pixels) + toVectors(taps);
  return arrays + (height + taps - 1) * padded + height * (padded + taps - 1);
}

/** Rounds up to a whole number of vectors. */
export function toVectors(width: number): number {
  return Math.ceil(width / 4) * 4;
}

/**
 * The distance of rows of that width: whole vectors, but no multiple of 64, since a column of such rows would use a few
 * sets of the cache only.
 */
export function toStride(width: number): number {
  const padded = toVectors(width);
  return padded % 64 === 0 ? padded + 4 : padded;
}

export type P = Pointer;

/** A matrix product. `zeros` take the place of the bias where there is none. */
export type Product = (
  c: P,
  cStride: number,
  a: P,
  aStride: number,
  b: P,
  bStride: number,
  bias: P,
  m: number,
  n: number,
  k: number,
  scratch: P,
) => void;

/** y from x, element by element. */
export type Elementwise<Parameters extends number[] = []> = (y: P, x: P, ...rest: [...Parameters, n: number]) => void;
/** dX from dY and from what the forward pass had or gave. */
export type ElementwiseBackward<Parameters extends number[] = []> = (
  dX: P,
  dY: P,
  y: P,
  ...rest: [...Parameters, n: number]
) => void;
/** The same, row by row. */
export type Rowwise = (y: P, x: P, stride: number, rows: number, width: number) => void;
export type RowwiseBackward = (dX: P, dY: P, y: P, stride: number, rows: number, width: number) => void;
/** out from x, each in a stride of its own; `places` or `rowNumbers` say what goes where. */
export type Move = (out: P, outStride: number, x: P, xStride: number, places: P, rows: number, width: number) => void;
/** One number from the n floats at x. */
export type Measure = (x: P, n: number) => number;

/** The loss of each row. Fused with its activation it takes logits and gives probabilities, too. */
export type Loss<Parameters extends number[] = []> = (
  loss: P,
  p: P,
  stride: number,
  y: P,
  yStride: number,
  ...rest: [...Parameters, rows: number, width: number, scratch: P]
) => void;
export type FusedLoss = (
  loss: P,
  p: P,
  z: P,
  stride: number,
  y: P,
  yStride: number,
  rows: number,
  width: number,
  scratch: P,
) => void;
/** Its gradient, times a scale. Some need a row of scratch behind the width. */
export type LossBackward<Parameters extends number[] = [], Space extends P[] = []> = (
  dP: P,
  p: P,
  stride: number,
  y: P,
  yStride: number,
  ...rest: [...Parameters, rows: number, width: number, ...Space]
) => void;
export type Scale = [scale: number];
export type Scratch = [scratch: P];

/** Brings weights and what an optimizer keeps for them one step on, along the gradient. */
export type Update<Slots extends P[], Parameters extends number[]> = (
  w: P,
  ...rest: [...Slots, g: P, ...Parameters, n: number]
) => void;

/** Where in which stream of random numbers. */
export type Stream = [seedLow: number, seedHigh: number, stream: number, step: number];

export interface Kernels {
  matmul: Product;
  matmulTransposedA: Product;
  matmulTransposedB: Product;
  sparseMatmul: (c: P, cStride: number, ranges: P, b: P, bStride: number, bias: P, m: number, n: number) => void;
  compressRows: (ranges: P, entries: P, x: P, xStride: number, rows: number, width: number) => P;
  transposeRows: (columnRanges: P, columnEntries: P, ranges: P, rows: number, columns: number) => void;
  gatherRanges: (ranges: P, source: P, rowNumbers: P, rows: number) => void;
  gatherRows: Move;
  scatterColumns: Move;
  gatherColumns: Move;
  copyRows: (out: P, outStride: number, source: P, sourceStride: number, rows: number, width: number) => void;
  oneHotRows: (out: P, outStride: number, labels: P, rowNumbers: P, rows: number, width: number) => void;
  columnSums: (out: P, x: P, xStride: number, rows: number, n: number) => void;
  rowSums: (out: P, x: P, xStride: number, rows: number, width: number) => void;
  scaleRows: (x: P, xStride: number, factors: P, rows: number) => void;
  countNonZeros: Measure;
  findNonFinite: Measure;
  sum: Measure;
  sumOfMagnitudes: Measure;
  sumOfSquares: Measure;
  fill: (x: P, value: number, n: number) => void;
  isPositive: Elementwise;
  rescale: Elementwise<[scale: number, offset: number]>;
  blend: Elementwise<[a: number, b: number]>;
  clip: Elementwise<[low: number, high: number]>;
  multiply: (y: P, a: P, b: P, n: number) => void;
  addPenaltyGradient: (g: P, x: P, l1: number, slope: number, n: number) => void;
  reluForward: Elementwise;
  reluBackward: ElementwiseBackward;
  sigmoidForward: Elementwise;
  sigmoidBackward: ElementwiseBackward;
  tanhForward: Elementwise;
  tanhBackward: ElementwiseBackward;
  eluForward: Elementwise<[alpha: number, scale: number]>;
  eluBackward: ElementwiseBackward<[alpha: number, scale: number]>;
  algebraicForward: Elementwise<[kind: number, a: number, b: number, c: number, d: number]>;
  algebraicBackward: ElementwiseBackward<[kind: number, a: number, b: number, c: number, d: number]>;
  softmaxForward: Rowwise;
  softmaxBackward: RowwiseBackward;
  softmaxCrossentropyForward: FusedLoss;
  softmaxCrossentropyBackward: LossBackward<Scale>;
  categoricalCrossentropyForward: Loss;
  categoricalCrossentropyBackward: LossBackward<Scale, Scratch>;
  meanSquaredErrorForward: Loss;
  meanSquaredErrorBackward: LossBackward<Scale>;
  sgdUpdate: Update<[], [learningRate: number]>;
  sgdMomentumUpdate: (w: P, v: P, g: P, learningRate: number, momentum: number, nesterov: boolean, n: number) => void;
  adamUpdate: Update<[m: P, v: P], [rate: number, oneMinusBeta1: number, oneMinusBeta2: number, epsilon: number]>;
  momentsUpdate: Update<
    [m: P, v: P, peak: P],
    [keep: number, mRate: number, gRate: number, oneMinusBeta1: number, oneMinusBeta2: number, epsilon: number]
  >;
  randomBits: (out: P, ...rest: [...Stream, row: number, n: number]) => void;
  randomUniform: (out: P, low: number, high: number, ...rest: [...Stream, n: number]) => void;
  randomNormal: (out: P, mean: number, deviation: number, ...rest: [...Stream, row: number, n: number]) => void;
  randomTruncatedNormal: (out: P, mean: number, deviation: number, ...rest: [...Stream, n: number]) => void;
  shuffle: (rowNumbers: P, words: P, ...rest: [...Stream, n: number]) => void;
  dropoutForward: (
    y: P,
    mask: P,
    x: P,
    stride: number,
    firstRow: number,
    rows: number,
    width: number,
    rate: number,
    ...rest: Stream
  ) => void;
  alphaDropoutForward: (
    y: P,
    mask: P,
    x: P,
    stride: number,
    firstRow: number,
    rows: number,
    width: number,
    rate: number,
    alphaPrime: number,
    a: number,
    b: number,
    ...rest: Stream
  ) => void;
  categoricalHits: (p: P, stride: number, y: P, yStride: number, rows: number, width: number) => number;
  binaryHits: (p: P, stride: number, y: P, yStride: number, threshold: number, rows: number, width: number) => number;
}
