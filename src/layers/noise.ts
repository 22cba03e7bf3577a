/** What layers share that change values at random in training, and do nothing in prediction. */
import type { BatchShape } from "../activations/activation.js";
import { describe, describeShape, sizeOf } from "../arrays.js";
import { checkInteger, checkNumber } from "../checks.js";
import { ShapeError } from "../errors.js";
import type { RandomStream } from "../initializers/initializer.js";
import { checkSeed, keyOf } from "../random.js";
import { type Kernels, type Pointer, toStride } from "../wasm/kernels.js";
import { allocateWords, broadcastStrides, placesOf } from "./axes.js";
import { allocateLike, denseInput, type LayerOptions } from "./common.js";
import type { PlanContext, Step, TrainingPass } from "./layer.js";

export interface NoiseOptions extends LayerOptions {
  /**
   * Fixes the layer's random numbers, whatever the seed of `fit`, and wherever the layer stands: two layers with the same
   * seed draw the same. A safe integer of at least 0. Default: the seed of `fit`, and other numbers for each layer.
   */
  readonly seed?: number | null;
}

/** Sizes of the batch and of a sample: null takes the input's size, 1 repeats the same noise along the axis. */
export type NoiseShape = readonly (number | null)[];

/** The random numbers of one batch: see assembly/random.ts. */
export interface NoiseSource extends RandomStream {
  readonly step: number;
}

/** y = what becomes of x, and mask = dy/dx, of a batch of rows. */
export type Noise = (
  kernels: Kernels,
  y: Pointer,
  mask: Pointer,
  x: Pointer,
  batch: BatchShape,
  source: NoiseSource,
) => void;

/** Which of a model's random streams belong to layers: this plus the layer's number. */
const LAYER_STREAMS = 0x10000;
/** The stream of a layer with a seed of its own. */
const SEEDED_STREAM = 0x1ffff;

/** @throws TypeError, RangeError unless it is a share of values to drop. */
export function checkRate(rate: unknown, where: string, mayBeOne = false): asserts rate is number {
  const range = mayBeOne ? "a number in [0, 1]" : "a number in [0, 1)";
  checkNumber(rate, `${where}: rate`, range, (value) => value >= 0 && (value < 1 || (mayBeOne && value === 1)));
}

/** @throws TypeError, RangeError unless it is a seed or left out. */
export function optionalSeed(seed: unknown, where: string): number | null {
  return seed == null ? null : checkSeed(seed, `${where}: seed`);
}

/** Where a layer takes its random numbers from in a batch. */
export function noiseSource(seed: number | null, index: number): (pass: TrainingPass) => NoiseSource {
  if (seed === null) {
    const stream = LAYER_STREAMS + index;
    return ({ seedLow, seedHigh, iteration }) => ({ seedLow, seedHigh, stream, step: iteration });
  }
  const [seedLow, seedHigh] = keyOf(seed);
  return ({ iteration }) => ({ seedLow, seedHigh, stream: SEEDED_STREAM, step: iteration });
}

/** @throws TypeError, RangeError unless it is a list of sizes and nulls, or left out. */
export function checkNoiseShape(noiseShape: NoiseShape | null | undefined, where: string): NoiseShape | null {
  if (noiseShape == null) return null;
  if (!Array.isArray(noiseShape)) {
    throw new TypeError(`${where}: noiseShape: expected an array of integers and nulls, got ${describe(noiseShape)}`);
  }
  for (const size of noiseShape) if (size !== null) checkInteger(size, `${where}: noiseShape`, 1);
  return [...noiseShape];
}

/** @throws ShapeError unless noise of that shape can be repeated to that of the samples. */
export function checkNoiseFits(noiseShape: NoiseShape, inputShape: readonly number[], where: string): void {
  const [, ...sample] = noiseShape;
  const fits = sample.every((size, axis) => size === null || size === 1 || size === inputShape[axis]);
  if (!fits || sample.length !== inputShape.length) {
    throw new ShapeError(
      `${where}: noiseShape: expected null, 1 or the size for each axis of ${describeShape([null, ...inputShape])}, ` +
        `got ${describeShape(noiseShape)}`,
    );
  }
}

/** Noise whose gradient is that of the output times the mask. */
export function noiseStep(
  context: PlanContext,
  noise: Noise,
  seed: number | null,
  noiseShape: NoiseShape | null,
): Step {
  const { kernels } = context.arena;
  const input = denseInput(context);
  const { width, stride } = input;
  const output = allocateLike(context, input);
  const { pointer: mask } = allocateLike(context, input);
  const sourceOf = noiseSource(seed, context.index);
  const apply = noiseShape ? repeatedNoise(context, noise, noiseShape) : noise;
  return {
    output,
    learns: false,
    forward({ rows, training }) {
      if (training) {
        apply(kernels, output.pointer, mask, input.pointer, { rows, width, stride }, sourceOf(training));
      }
    },
    backward({ rows }, dOutput, dInput) {
      if (dInput !== undefined) kernels.multiply(dInput, dOutput, mask, rows * stride);
    },
  };
}

/**
 * The same noise for all values along the axes where its shape is 1. As noise changes x to mask · x + shift, and 0 to the
 * shift, mask and shift are made for zeros of its shape, and then repeated.
 */
function repeatedNoise(context: PlanContext, noise: Noise, [batchSize, ...sample]: NoiseShape): Noise {
  const { arena, capacity, inputShape } = context;
  const shape = sample.map((size, axis) => size ?? (inputShape[axis] as number));
  const places = allocateWords(arena, placesOf(inputShape, broadcastStrides(shape)));
  const width = sizeOf(shape);
  const stride = toStride(width);
  const ofRow = batchSize !== 1;
  const [zeros, shifts, masks] = Array.from({ length: 3 }, () => arena.allocate((ofRow ? capacity : 1) * stride)) as [
    Pointer,
    Pointer,
    Pointer,
  ];
  const { pointer: shift } = allocateLike(context, denseInput(context));
  return (kernels, y, mask, x, batch, source) => {
    const rows = ofRow ? batch.rows : 1;
    noise(kernels, shifts, masks, zeros, { rows, width, stride }, source);
    const step = ofRow ? stride : 0;
    kernels.gatherColumns(mask, batch.stride, masks, step, places, batch.rows, batch.width);
    kernels.gatherColumns(shift, batch.stride, shifts, step, places, batch.rows, batch.width);
    kernels.multiply(y, x, mask, batch.rows * batch.stride);
    kernels.blend(y, shift, 1, 1, batch.rows * batch.stride);
  };
}
