import { describe } from "../../arrays.js";
import { checkNumber } from "../../checks.js";
import { ShapeError } from "../../errors.js";
import type { Arena } from "../../wasm/arena.js";
import type { Pointer } from "../../wasm/kernels.js";
import { offset } from "../../wasm/kernels.js";
import { augmentationKernels } from "../../wasm/parts/augmentation.js";
import type { Layer } from "../layer.js";
import { augmentationLayer, type ImageShape, type RandomSource } from "./augmentation.js";
import {
  type AugmentationOptions,
  augmentationOptions,
  checkValueRange,
  type Factor,
  type Range,
  shareFactor,
} from "./options.js";

export interface RandomErasingOptions extends AugmentationOptions {
  /**
   * How likely it is that a part of an image is erased. A number f in [0, 1] draws the probability from [0, f] for each
   * image, a pair of such from between the two. Default: 1.
   */
  readonly factor?: Factor;
  /**
   * The square of the part's share of the width, and likewise of the height, each drawn on its own: from [0, f] for a number
   * f in [0, 1], or between two such. Default: [0.02, 0.33].
   */
  readonly scale?: Factor;
  /**
   * What is to stand there: a number, or one for each channel. Default: noise, normal with the mean 0 and the greater end of
   * the value range as its deviation. All are brought into the value range.
   */
  readonly fillValue?: number | readonly number[] | null;
  /** The least and the greatest value of images, [0, 255] by default. */
  readonly valueRange?: readonly [number, number];
}

const where = "randomErasing";

/**
 * In training, erases a rectangle at a random place of images at random (Zhong et al. 2020; Keras's RandomErasing). In
 * prediction it does nothing. Samples are images, and their shape stays.
 *
 * @throws TypeError, RangeError for options out of range; when connected, ShapeError for samples that are no images, or have
 *   another number of channels than `fillValue`.
 */
export function randomErasing(options: RandomErasingOptions = {}): Layer {
  const common = augmentationOptions(options, ["factor", "scale", "fillValue", "valueRange"], where);
  const factor = shareFactor(options.factor ?? 1, `${where}: factor`);
  const scale = shareFactor(options.scale ?? [0.02, 0.33], `${where}: scale`);
  const fillValue = checkFillValue(options.fillValue ?? null);
  const valueRange = checkValueRange(options.valueRange, where);
  return augmentationLayer({
    className: "RandomErasing",
    ...common,
    config: { factor, scale, fill_value: fillValue, value_range: valueRange },
    draws: [scale, scale, [0, 1], [0, 1], factor, [0, 1]],
    checkShape({ channels }) {
      if (Array.isArray(fillValue) && fillValue.length !== channels) {
        throw new ShapeError(
          `${where}: fillValue: expected a number for each of ${channels} channels, got ${fillValue.length}`,
        );
      }
    },
    prepare({ arena, capacity }, shape, stride) {
      const { kernels } = arena;
      const { height, width, channels } = shape;
      const fills = arena.allocate(fillValue === null ? capacity * stride : stride);
      if (fillValue !== null) fillOnce(arena, fills, fillValue, valueRange, shape);
      const fillStride = fillValue === null ? stride : 0;
      return (images, draws, rows, source) => {
        if (fillValue === null) makeNoise(arena, fills, stride, rows, valueRange, source);
        augmentationKernels(kernels).eraseRectangles(
          images,
          fills,
          draws,
          stride,
          fillStride,
          rows,
          height,
          width,
          channels,
        );
      };
    },
  });
}

function checkFillValue(value: unknown): number | readonly number[] | null {
  if (value === null) return null;
  const expected = "a finite number, or one for each channel";
  if (!Array.isArray(value)) {
    checkNumber(value, `${where}: fillValue`, expected);
    return value;
  }
  if (value.length === 0) throw new TypeError(`${where}: fillValue: expected ${expected}, got ${describe(value)}`);
  for (const one of value) checkNumber(one, `${where}: fillValue`, expected);
  return [...value];
}

/** An image of nothing but the fill value. */
function fillOnce(
  arena: Arena,
  fills: Pointer,
  fillValue: number | readonly number[],
  [low, high]: Range,
  { height, width, channels }: ImageShape,
): void {
  const size = height * width * channels;
  const values = typeof fillValue === "number" ? [fillValue] : fillValue;
  arena.floats(fills, size).forEach((_, i, image) => {
    image[i] = values[i % values.length] as number;
  });
  arena.kernels.clip(fills, fills, low, high, size);
}

/** An image of noise for each row. */
function makeNoise(
  { kernels }: Arena,
  fills: Pointer,
  stride: number,
  rows: number,
  [low, high]: Range,
  { seedLow, seedHigh, noiseStream, step }: RandomSource,
): void {
  for (let row = 0; row < rows; row++) {
    const fill = offset(fills, row * stride);
    kernels.randomNormal(fill, 0, high, seedLow, seedHigh, noiseStream, step, row, stride);
  }
  kernels.clip(fills, fills, low, high, rows * stride);
}
