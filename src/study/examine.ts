/** A closer look at one trained network: where it is right, where not, and what it looks at. */
import { type NDArray, sizeOf } from "../arrays.js";
import type { Sequential } from "../index.js";
import { type Judged, type Judgement, judge } from "./judge.js";
import { targetsFor } from "./network.js";
import type { LabelledRows } from "./run.js";

/** Bytes of grey, row by row. */
export interface GreyImage {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What the network says of one sample. */
export interface Verdict extends Judgement {
  /** Undefined for samples that are no images. */
  readonly image: GreyImage | undefined;
}

/** Samples whose highest probability is in [from, to). */
export interface ConfidenceBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Means over the bin; 0 where there is none. */
  readonly confidence: number;
  readonly accuracy: number;
}

export interface Examination extends Omit<Judged, "judgements"> {
  readonly classes: readonly number[];
  readonly samples: number;
  readonly loss: number;
  readonly bins: readonly ConfidenceBin[];
  /** The mean distance of confidence and accuracy over the bins, by samples (Guo et al. 2017). */
  readonly calibrationError: number;
  /** Wrong, the surest first. */
  readonly mistakes: readonly Verdict[];
  /** Right, the least certain first. */
  readonly hits: readonly Verdict[];
  /** The first layer's weights as images, from the most negative (black) over 0 (grey) to the most positive (white). */
  readonly weights: readonly GreyImage[];
  /** What training added to them; nothing where the start is not known. */
  readonly changes: readonly GreyImage[];
  /** How many units the first layer has. */
  readonly units: number;
}

const BINS = 10;
const SHOWN = 16;
const SHOWN_WEIGHTS = 32;

/**
 * @param model One with a softmax at its end.
 * @param start Its weights before it was trained, if they are known.
 */
export async function examine(
  model: Sequential,
  { x, y, rows }: LabelledRows,
  classes: readonly number[],
  start: readonly NDArray[] = [],
): Promise<Examination> {
  const probabilities = await model.predict(x);
  const { loss = Number.NaN } = await model.evaluate(x, targetsFor(model, y, classes.length));
  const { judgements, ...judged } = judge(probabilities, { y, rows }, classes);
  const isRight = ({ trueClass, predictedClass }: Judgement) => trueClass === predictedClass;
  const withImage = (one: Judgement): Verdict => ({ ...one, image: drawSample(x, rows.indexOf(one.row)) });
  const wrong = judgements.filter((one) => !isRight(one));
  const bins = fillBins(judgements, isRight);
  return {
    classes,
    samples: rows.length,
    loss,
    ...judged,
    bins,
    calibrationError:
      bins.reduce((sum, { count, confidence, accuracy: right }) => sum + count * Math.abs(confidence - right), 0) /
      rows.length,
    mistakes: wrong
      .sort((a, b) => b.probability - a.probability)
      .slice(0, SHOWN)
      .map(withImage),
    hits: judgements
      .filter(isRight)
      .sort((a, b) => a.probability - b.probability)
      .slice(0, SHOWN)
      .map(withImage),
    ...drawWeights(model.getWeights(), start, x.shape.slice(1)),
  };
}

function fillBins(judgements: readonly Judgement[], isRight: (one: Judgement) => boolean): ConfidenceBin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const inside = judgements.filter(({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin);
    const count = inside.length;
    const confidence = inside.reduce((sum, { probability }) => sum + probability, 0) / (count || 1);
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      count,
      confidence,
      accuracy: inside.filter(isRight).length / (count || 1),
    };
  });
}

/** [h, w] or [h, w, channels], whose mean is shown. */
function imageShape(shape: readonly number[]): { height: number; width: number; channels: number } | undefined {
  const [height = 0, width = 0, channels = 1] = shape;
  const isImage =
    (shape.length === 2 || shape.length === 3) && [1, 3, 4].includes(channels) && Math.max(height, width) <= 256;
  return isImage ? { height, width, channels } : undefined;
}

function drawSample({ data, shape }: NDArray, index: number): GreyImage | undefined {
  const size = imageShape(shape.slice(1));
  if (!size) return undefined;
  const length = sizeOf(shape.slice(1));
  const grey = meanOfChannels(data.subarray(index * length, (index + 1) * length), size.channels);
  const [least, most] = [Math.min(...grey), Math.max(...grey)];
  return toBytes(grey, least, most, size);
}

function drawWeights(
  trained: readonly NDArray[],
  start: readonly NDArray[],
  inputShape: readonly number[],
): Pick<Examination, "weights" | "changes" | "units"> {
  const size = imageShape(inputShape);
  const isFirst = ({ shape }: NDArray) => shape.length === 2 && shape[0] === sizeOf(inputShape);
  const kernel = trained.find(isFirst);
  const before = start.find(isFirst);
  const [inputs = 0, units = 0] = kernel?.shape ?? [];
  if (!size || !kernel) return { weights: [], changes: [], units };
  const draw = (weightOf: (index: number) => number) =>
    Array.from({ length: Math.min(units, SHOWN_WEIGHTS) }, (_, unit) => {
      const column = Array.from({ length: inputs }, (_, input) => weightOf(input * units + unit));
      const grey = meanOfChannels(column, size.channels);
      const most = Math.max(...grey.map(Math.abs)) || 1;
      return toBytes(grey, -most, most, size);
    });
  const weightOf = (index: number) => kernel.data[index] ?? 0;
  return {
    weights: draw(weightOf),
    changes: before ? draw((index) => weightOf(index) - (before.data[index] ?? 0)) : [],
    units,
  };
}

function meanOfChannels(values: ArrayLike<number>, channels: number): number[] {
  return Array.from({ length: values.length / channels }, (_, pixel) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += values[pixel * channels + channel] ?? 0;
    return sum / channels;
  });
}

function toBytes(
  grey: readonly number[],
  least: number,
  most: number,
  { width, height }: { width: number; height: number },
): GreyImage {
  const span = most - least || 1;
  return { pixels: Uint8Array.from(grey, (value) => Math.round(((value - least) / span) * 255)), width, height };
}
