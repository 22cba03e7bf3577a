/** The options that layers which augment images share, and how they are checked. */
import { describe } from "../../arrays.js";
import { checkNumber } from "../../checks.js";
import { lookUp } from "../../lookup.js";
import { commonOptions } from "../common.js";
import { type NoiseOptions, optionalSeed } from "../noise.js";

export interface AugmentationOptions extends NoiseOptions {
  /** Default and only choice: images are [height, width] or [height, width, channels]. */
  readonly dataFormat?: "channelsLast" | (string & {});
}

/** A number, whose meaning the layer tells, or the two ends of what is drawn from. */
export type Factor = number | readonly [number, number];
export type Range = readonly [lower: number, upper: number];

/** What stands for the points beyond an image's edges. See assembly/augmentation/resample.ts. */
const fillModes = { constant: 0, nearest: 1, reflect: 2, wrap: 3 } as const;
const interpolations = { bilinear: 0, nearest: 1 } as const;

export interface ResamplingOptions extends AugmentationOptions {
  /**
   * What stands beyond the edges of an image (a b c d). Default: 'reflect' (d c b a | a b c d | d c b a). The others:
   * 'constant', `fillValue`; 'nearest' (a a a a | a b c d | d d d d); 'wrap' (a b c d | a b c d | a b c d).
   */
  readonly fillMode?: keyof typeof fillModes | (string & {});
  /** What the fill mode 'constant' fills with. Default: 0. */
  readonly fillValue?: number;
  /** Between pixels: 'bilinear' (the default) weights the four around by nearness, 'nearest' takes the nearest. */
  readonly interpolation?: keyof typeof interpolations | (string & {});
}

/** How images are made anew, as the kernels want it. */
export interface Resampling {
  readonly rounded: boolean;
  readonly fillMode: number;
  readonly fillValue: number;
}

/** The options every such layer has, checked, in the form in which a Layer holds them, and its seed. */
export function augmentationOptions(options: AugmentationOptions, own: readonly string[], where: string) {
  const common = commonOptions(options, ["seed", "dataFormat", ...own], where);
  const { seed, dataFormat = "channelsLast" } = options;
  if (dataFormat !== "channelsLast" && dataFormat !== "channels_last") {
    throw new RangeError(`${where}: dataFormat: expected 'channelsLast', got ${describe(dataFormat)}`);
  }
  return { common, seed: optionalSeed(seed, where) };
}

/** The names of ResamplingOptions. */
export const RESAMPLING_NAMES = ["fillMode", "fillValue", "interpolation"] as const;

/** @returns The settings for the kernels, and for a saved model. */
export function checkResampling(options: ResamplingOptions, where: string) {
  const { fillMode = "reflect", fillValue = 0, interpolation = "bilinear" } = options;
  checkNumber(fillValue, `${where}: fillValue`);
  const resampling: Resampling = {
    rounded:
      member(interpolations, interpolation, "interpolation", `${where}: interpolation`) === interpolations.nearest,
    fillMode: member(fillModes, fillMode, "fill mode", `${where}: fillMode`),
    fillValue,
  };
  return { resampling, config: { fill_mode: fillMode, fill_value: fillValue, interpolation } };
}

function member(table: Readonly<Record<string, number>>, name: unknown, kind: string, where: string): number {
  if (typeof name !== "string") throw new TypeError(`${where}: expected a name, got ${describe(name)}`);
  return lookUp(table, name, kind);
}

/** A number f in [least, 1] as [-|f|, |f|], or a pair of numbers in [-1, 1], in either order. */
export function spreadFactor(factor: unknown, where: string, least = -1): Range {
  return factorRange(factor, where, [least, 1], [-1, 1], (f) => [-Math.abs(f), Math.abs(f)]);
}

/** A number f in [0, 1] as [0, f], or a pair of numbers in [0, most], in either order. */
export function shareFactor(factor: unknown, where: string, most = 1): Range {
  return factorRange(factor, where, [0, 1], [0, most], (f) => [0, f]);
}

/** A factor as Keras saves it, where it saves what it was given. */
export function toSave(factor: Factor): Factor {
  return typeof factor === "number" ? factor : [...factor];
}

function factorRange(factor: unknown, where: string, ofNumber: Range, ofPair: Range, spread: (f: number) => Range) {
  const expected = `a number in ${describeRange(ofNumber)}, or two in ${describeRange(ofPair)}`;
  if (Array.isArray(factor) && factor.length === 2) return pair(factor, where, expected, ofPair);
  checkNumber(factor, where, expected, (f) => f >= ofNumber[0] && f <= ofNumber[1]);
  return spread(factor);
}

/** The range of an image's values, [0, 255] by default. @throws TypeError, RangeError unless it is a pair of finite numbers. */
export function checkValueRange(range: unknown = [0, 255], where: string): Range {
  const expected = "two finite numbers";
  if (!Array.isArray(range) || range.length !== 2) {
    throw new TypeError(`${where}: valueRange: expected ${expected}, got ${describe(range)}`);
  }
  return pair(range, `${where}: valueRange`, expected, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
}

function pair(values: readonly unknown[], where: string, expected: string, [least, most]: Range): Range {
  for (const value of values) checkNumber(value, where, expected, (v) => v >= least && v <= most);
  const [a, b] = values as readonly [number, number];
  return a <= b ? [a, b] : [b, a];
}

function describeRange([least, most]: Range): string {
  return most === Number.POSITIVE_INFINITY ? `[${least}, ∞)` : `[${least}, ${most}]`;
}
