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

type P = Pointer;

/** A matrix product. `zeros` take the place of the bias where there is none. */
type Product = (
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
type Elementwise<Parameters extends number[] = []> = (y: P, x: P, ...rest: [...Parameters, n: number]) => void;
/** dX from dY and from what the forward pass had or gave. */
type ElementwiseBackward<Parameters extends number[] = []> = (
  dX: P,
  dY: P,
  y: P,
  ...rest: [...Parameters, n: number]
) => void;
/** The same, row by row. */
type Rowwise = (y: P, x: P, stride: number, rows: number, width: number) => void;
type RowwiseBackward = (dX: P, dY: P, y: P, stride: number, rows: number, width: number) => void;
/** out from x, each in a stride of its own; `places` or `rowNumbers` say what goes where. */
type Move = (out: P, outStride: number, x: P, xStride: number, places: P, rows: number, width: number) => void;
/** One number from the n floats at x. */
type Measure = (x: P, n: number) => number;

/** The loss of each row. Fused with its activation it takes logits and gives probabilities, too. */
type Loss<Parameters extends number[] = []> = (
  loss: P,
  p: P,
  stride: number,
  y: P,
  yStride: number,
  ...rest: [...Parameters, rows: number, width: number, scratch: P]
) => void;
type FusedLoss = (
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
type LossBackward<Parameters extends number[] = [], Space extends P[] = []> = (
  dP: P,
  p: P,
  stride: number,
  y: P,
  yStride: number,
  ...rest: [...Parameters, rows: number, width: number, ...Space]
) => void;
type Scale = [scale: number];
type Scratch = [scratch: P];

/** Brings weights and what an optimizer keeps for them one step on, along the gradient. */
type Update<Slots extends P[], Parameters extends number[]> = (
  w: P,
  ...rest: [...Slots, g: P, ...Parameters, n: number]
) => void;

/** Where in which stream of random numbers. */
type Stream = [seedLow: number, seedHigh: number, stream: number, step: number];

/** Matrices for resampling, from what was drawn for each row. */
type Matrices<Parameters extends unknown[]> = (matrices: P, draws: P, rows: number, ...rest: Parameters) => void;
type ImageSize = [height: number, width: number];
type Filling = [rounded: boolean, fillMode: number, fillValue: number];

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
  columnSums: (out: P, x: P, xStride: number, rows: number, n: number) => void;
  rowSums: (out: P, x: P, xStride: number, rows: number, width: number) => void;
  scaleRows: (x: P, xStride: number, factors: P, rows: number) => void;
  isBinary: (x: P, xStride: number, rows: number, width: number) => number;
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
  transcendentalForward: Elementwise<[kind: number, alpha: number]>;
  transcendentalBackward: ElementwiseBackward<[kind: number, alpha: number]>;
  softmaxForward: Rowwise;
  softmaxBackward: RowwiseBackward;
  logSoftmaxForward: Rowwise;
  logSoftmaxBackward: RowwiseBackward;
  sparsemaxForward: Rowwise;
  sparsemaxBackward: RowwiseBackward;
  preluForward: (y: P, x: P, alpha: P, stride: number, rows: number, width: number) => void;
  preluBackward: (dX: P, dAlpha: P, dY: P, x: P, alpha: P, stride: number, rows: number, width: number) => void;

  softmaxCrossentropyForward: FusedLoss;
  softmaxCrossentropyBackward: LossBackward<Scale>;
  sigmoidCrossentropyForward: FusedLoss;
  sigmoidCrossentropyBackward: LossBackward<Scale>;
  categoricalCrossentropyForward: Loss;
  categoricalCrossentropyBackward: LossBackward<Scale, Scratch>;
  categoricalFocalCrossentropyForward: Loss<[gamma: number]>;
  categoricalFocalCrossentropyBackward: LossBackward<[gamma: number, scale: number], Scratch>;
  generalizedCrossentropyForward: Loss<[q: number]>;
  generalizedCrossentropyBackward: LossBackward<[q: number, scale: number], Scratch>;
  binaryCrossentropyForward: Loss;
  binaryCrossentropyBackward: LossBackward<Scale>;
  meanSquaredErrorForward: Loss;
  meanSquaredErrorBackward: LossBackward<Scale>;
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

  sgdUpdate: Update<[], [learningRate: number]>;
  sgdMomentumUpdate: (w: P, v: P, g: P, learningRate: number, momentum: number, nesterov: boolean, n: number) => void;
  adamUpdate: Update<[m: P, v: P], [rate: number, oneMinusBeta1: number, oneMinusBeta2: number, epsilon: number]>;
  rmspropUpdate: Update<
    [v: P, mean: P, velocity: P],
    [rate: number, rho: number, oneMinusRho: number, momentum: number, epsilon: number]
  >;
  adagradUpdate: Update<[sum: P], [rate: number, epsilon: number]>;
  adadeltaUpdate: Update<[v: P, u: P], [rate: number, rho: number, oneMinusRho: number, epsilon: number]>;
  adamaxUpdate: Update<[m: P, u: P], [rate: number, oneMinusBeta1: number, beta2: number, epsilon: number]>;
  momentsUpdate: Update<
    [m: P, v: P, peak: P],
    [keep: number, mRate: number, gRate: number, oneMinusBeta1: number, oneMinusBeta2: number, epsilon: number]
  >;
  lionUpdate: Update<
    [m: P],
    [rate: number, beta1: number, oneMinusBeta1: number, beta2: number, oneMinusBeta2: number]
  >;
  ftrlUpdate: Update<[sum: P, linear: P], [rate: number, exponent: number, l1: number, l2: number, shrinkage: number]>;

  randomBits: (out: P, ...rest: [...Stream, row: number, n: number]) => void;
  randomUniform: (out: P, low: number, high: number, ...rest: [...Stream, n: number]) => void;
  randomNormal: (out: P, mean: number, deviation: number, ...rest: [...Stream, row: number, n: number]) => void;
  randomTruncatedNormal: (out: P, mean: number, deviation: number, ...rest: [...Stream, n: number]) => void;
  randomUniformRows: (out: P, bounds: P, firstRow: number, rows: number, columns: number, ...rest: Stream) => void;
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

  translationMatrices: Matrices<ImageSize>;
  rotationMatrices: Matrices<ImageSize>;
  zoomMatrices: Matrices<[...ImageSize, keepsRatio: boolean]>;
  shearMatrices: Matrices<[]>;
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

  categoricalHits: (p: P, stride: number, y: P, yStride: number, rows: number, width: number) => number;
  binaryHits: (p: P, stride: number, y: P, yStride: number, threshold: number, rows: number, width: number) => number;
}
