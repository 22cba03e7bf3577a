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

export interface Kernels {
  matmul(
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
  ): void;
  matmulTransposedA(
    c: P,
    cStride: number,
    a: P,
    aStride: number,
    b: P,
    bStride: number,
    zeros: P,
    m: number,
    n: number,
    k: number,
    scratch: P,
  ): void;
  matmulTransposedB(
    c: P,
    cStride: number,
    a: P,
    aStride: number,
    b: P,
    bStride: number,
    zeros: P,
    m: number,
    rows: number,
    k: number,
    scratch: P,
  ): void;

  sparseMatmul(c: P, cStride: number, ranges: P, b: P, bStride: number, bias: P, m: number, n: number): void;
  compressRows(ranges: P, entries: P, x: P, xStride: number, rows: number, width: number): P;
  transposeRows(columnRanges: P, columnEntries: P, ranges: P, rows: number, columns: number): void;
  gatherRanges(ranges: P, source: P, rowNumbers: P, rows: number): void;

  gatherRows(
    out: P,
    outStride: number,
    source: P,
    sourceStride: number,
    rowNumbers: P,
    rows: number,
    width: number,
  ): void;
  copyRows(out: P, outStride: number, source: P, sourceStride: number, rows: number, width: number): void;
  oneHotRows(out: P, outStride: number, labels: P, rowNumbers: P, rows: number, width: number): void;
  encodeCategories(
    out: P,
    outStride: number,
    x: P,
    xStride: number,
    rows: number,
    width: number,
    size: number,
    tokens: number,
    counting: boolean,
  ): number;
  columnSums(out: P, x: P, xStride: number, rows: number, n: number): void;
  rowSums(out: P, x: P, xStride: number, rows: number, width: number): void;
  scaleRows(x: P, xStride: number, factors: P, rows: number): void;
  isPositive(y: P, x: P, n: number): void;
  isBinary(x: P, xStride: number, rows: number, width: number): number;
  countNonZeros(x: P, n: number): number;
  findNonFinite(x: P, n: number): number;
  fill(x: P, value: number, n: number): void;
  rescale(y: P, x: P, scale: number, offset: number, n: number): void;
  multiply(y: P, a: P, b: P, n: number): void;
  blend(y: P, x: P, a: number, b: number, n: number): void;
  clip(y: P, x: P, low: number, high: number, n: number): void;
  scatterColumns(out: P, outStride: number, x: P, xStride: number, places: P, rows: number, n: number): void;
  gatherColumns(out: P, outStride: number, x: P, xStride: number, places: P, rows: number, n: number): void;
  sum(x: P, n: number): number;
  sumOfMagnitudes(x: P, n: number): number;
  sumOfSquares(x: P, n: number): number;
  addPenaltyGradient(g: P, x: P, l1: number, slope: number, n: number): void;

  algebraicForward(y: P, x: P, kind: number, a: number, b: number, c: number, d: number, n: number): void;
  algebraicBackward(dX: P, dY: P, x: P, kind: number, a: number, b: number, c: number, d: number, n: number): void;
  eluForward(y: P, x: P, alpha: number, scale: number, n: number): void;
  eluBackward(dX: P, dY: P, y: P, alpha: number, scale: number, n: number): void;
  logSoftmaxForward(y: P, x: P, stride: number, rows: number, width: number): void;
  logSoftmaxBackward(dX: P, dY: P, x: P, stride: number, rows: number, width: number): void;
  preluForward(y: P, x: P, alpha: P, stride: number, rows: number, width: number): void;
  preluBackward(dX: P, dAlpha: P, dY: P, x: P, alpha: P, stride: number, rows: number, width: number): void;
  reluForward(y: P, x: P, n: number): void;
  reluBackward(dX: P, dY: P, y: P, n: number): void;
  sigmoidForward(y: P, x: P, n: number): void;
  sigmoidBackward(dX: P, dY: P, y: P, n: number): void;
  softmaxForward(y: P, x: P, stride: number, rows: number, width: number): void;
  softmaxBackward(dX: P, dY: P, y: P, stride: number, rows: number, width: number): void;
  sparsemaxForward(y: P, x: P, stride: number, rows: number, width: number): void;
  sparsemaxBackward(dX: P, dY: P, y: P, stride: number, rows: number, width: number): void;
  tanhForward(y: P, x: P, n: number): void;
  tanhBackward(dX: P, dY: P, y: P, n: number): void;
  transcendentalForward(y: P, x: P, kind: number, alpha: number, n: number): void;
  transcendentalBackward(dX: P, dY: P, x: P, kind: number, alpha: number, n: number): void;

  softmaxCrossentropyForward(
    loss: P,
    p: P,
    z: P,
    stride: number,
    y: P,
    yStride: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  softmaxCrossentropyBackward(
    dZ: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    scale: number,
    rows: number,
    width: number,
  ): void;
  categoricalCrossentropyForward(
    loss: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  categoricalCrossentropyBackward(
    dP: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    scale: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  sigmoidCrossentropyForward(
    loss: P,
    p: P,
    z: P,
    stride: number,
    y: P,
    yStride: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  sigmoidCrossentropyBackward(
    dZ: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    scale: number,
    rows: number,
    width: number,
  ): void;
  binaryCrossentropyForward(
    loss: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  binaryCrossentropyBackward(
    dP: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    scale: number,
    rows: number,
    width: number,
  ): void;
  meanSquaredErrorForward(
    loss: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  meanSquaredErrorBackward(
    dP: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    scale: number,
    rows: number,
    width: number,
  ): void;
  elementwiseLossForward(
    loss: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    formula: number,
    a: number,
    b: number,
    c: number,
    factor: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  elementwiseLossBackward(
    dP: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    formula: number,
    a: number,
    b: number,
    c: number,
    scale: number,
    rows: number,
    width: number,
  ): void;
  categoricalHingeForward(
    loss: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  categoricalHingeBackward(
    dP: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    scale: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  cosineSimilarityForward(
    loss: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  cosineSimilarityBackward(
    dP: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    scale: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  categoricalFocalCrossentropyForward(
    loss: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    gamma: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  categoricalFocalCrossentropyBackward(
    dP: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    gamma: number,
    scale: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  generalizedCrossentropyForward(
    loss: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    q: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  generalizedCrossentropyBackward(
    dP: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    q: number,
    scale: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  overlapLossForward(
    loss: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    share: number,
    a: number,
    b: number,
    c: number,
    groupRows: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  overlapLossBackward(
    dP: P,
    p: P,
    stride: number,
    y: P,
    yStride: number,
    share: number,
    a: number,
    b: number,
    c: number,
    scale: number,
    groupRows: number,
    rows: number,
    width: number,
    scratch: P,
  ): void;
  circleForward(
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
  ): void;
  circleBackward(dP: P, pulls: P, p: P, stride: number, weights: P, scale: number, rows: number, width: number): void;

  sgdUpdate(w: P, g: P, learningRate: number, n: number): void;
  sgdMomentumUpdate(w: P, v: P, g: P, learningRate: number, momentum: number, nesterov: boolean, n: number): void;
  adamUpdate(
    w: P,
    m: P,
    v: P,
    g: P,
    rate: number,
    oneMinusBeta1: number,
    oneMinusBeta2: number,
    epsilon: number,
    n: number,
  ): void;
  rmspropUpdate(
    w: P,
    v: P,
    mean: P,
    velocity: P,
    g: P,
    rate: number,
    rho: number,
    oneMinusRho: number,
    momentum: number,
    epsilon: number,
    n: number,
  ): void;
  adagradUpdate(w: P, sum: P, g: P, rate: number, epsilon: number, n: number): void;
  adadeltaUpdate(
    w: P,
    v: P,
    u: P,
    g: P,
    rate: number,
    rho: number,
    oneMinusRho: number,
    epsilon: number,
    n: number,
  ): void;
  adamaxUpdate(
    w: P,
    m: P,
    u: P,
    g: P,
    rate: number,
    oneMinusBeta1: number,
    beta2: number,
    epsilon: number,
    n: number,
  ): void;
  momentsUpdate(
    w: P,
    m: P,
    v: P,
    peak: P,
    g: P,
    keep: number,
    mRate: number,
    gRate: number,
    oneMinusBeta1: number,
    oneMinusBeta2: number,
    epsilon: number,
    n: number,
  ): void;
  lionUpdate(
    w: P,
    m: P,
    g: P,
    rate: number,
    beta1: number,
    oneMinusBeta1: number,
    beta2: number,
    oneMinusBeta2: number,
    n: number,
  ): void;
  ftrlUpdate(
    w: P,
    sum: P,
    linear: P,
    g: P,
    rate: number,
    exponent: number,
    l1: number,
    l2: number,
    shrinkage: number,
    n: number,
  ): void;

  randomBits(out: P, seedLow: number, seedHigh: number, stream: number, step: number, row: number, n: number): void;
  randomUniform(
    out: P,
    low: number,
    high: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
    n: number,
  ): void;
  randomNormal(
    out: P,
    mean: number,
    deviation: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
    row: number,
    n: number,
  ): void;
  randomTruncatedNormal(
    out: P,
    mean: number,
    deviation: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
    n: number,
  ): void;
  randomUniformRows(
    out: P,
    bounds: P,
    firstRow: number,
    rows: number,
    columns: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
  ): void;
  shuffle(rowNumbers: P, words: P, seedLow: number, seedHigh: number, stream: number, step: number, n: number): void;

  dropoutForward(
    y: P,
    mask: P,
    x: P,
    stride: number,
    firstRow: number,
    rows: number,
    width: number,
    rate: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
  ): void;
  alphaDropoutForward(
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
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
  ): void;

  translationMatrices(matrices: P, draws: P, rows: number, height: number, width: number): void;
  rotationMatrices(matrices: P, draws: P, rows: number, height: number, width: number): void;
  zoomMatrices(matrices: P, draws: P, rows: number, height: number, width: number, keepsRatio: boolean): void;
  shearMatrices(matrices: P, draws: P, rows: number): void;
  resampleAffine(
    y: P,
    x: P,
    matrices: P,
    stride: number,
    rows: number,
    height: number,
    width: number,
    channels: number,
    rounded: boolean,
    fillMode: number,
    fillValue: number,
    scratch: P,
  ): void;
  elasticTransform(
    y: P,
    draws: P,
    strength: P,
    stride: number,
    firstRow: number,
    rows: number,
    height: number,
    width: number,
    channels: number,
    rounded: boolean,
    fillMode: number,
    fillValue: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
    scratch: P,
    own: P,
  ): void;
  adjustBrightness(y: P, x: P, draws: P, stride: number, rows: number, width: number, range: number): void;
  adjustContrast(
    y: P,
    x: P,
    draws: P,
    stride: number,
    rows: number,
    pixels: number,
    channels: number,
    scratch: P,
  ): void;
  eraseRectangles(
    y: P,
    fills: P,
    draws: P,
    stride: number,
    fillStride: number,
    rows: number,
    height: number,
    width: number,
    channels: number,
  ): void;

  columnMoments(mean: P, variance: P, x: P, stride: number, rows: number, n: number): void;
  inverseDeviations(out: P, variance: P, epsilon: number, n: number): void;
  affineColumns(y: P, x: P, stride: number, shift: P, scale: P, offset: P, rows: number, n: number): void;
  columnNormalizationBackward(dX: P, dY: P, y: P, stride: number, factor: P, rows: number, n: number): void;
  rowNormalizationForward(
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
  ): void;
  rowNormalizationBackward(
    dX: P,
    dY: P,
    y: P,
    stride: number,
    factors: P,
    rows: number,
    width: number,
    centered: boolean,
    divisor: number,
  ): void;

  categoricalHits(p: P, stride: number, y: P, yStride: number, rows: number, width: number): number;
  binaryHits(p: P, stride: number, y: P, yStride: number, threshold: number, rows: number, width: number): number;
}
