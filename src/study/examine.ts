/** A closer look at one trained network: where it is right, where not, and what it looks at. */
import { type NDArray, sizeOf } from "../arrays.js";
import { type ClassificationReport, classificationReport, confusionMatrix, type Sequential } from "../index.js";
import type { LabelledRows } from "./run.js";

/** Bytes of grey, row by row. */
export interface GreyImage {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What the network says of one sample. */
export interface Verdict {
  /** The sample's row number in the file. */
  readonly row: number;
  readonly trueClass: number;
  readonly predictedClass: number;
  /** Of the predicted class, and of the true one. */
  readonly probability: number;
  readonly probabilityOfTrue: number;
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

export interface Examination {
  readonly classes: readonly number[];
  readonly samples: number;
  readonly accuracy: number;
  readonly loss: number;
  /** Samples by true class (row) and predicted class (column). */
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: ClassificationReport["perClass"];
  readonly macro: ClassificationReport["macro"];
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
  const { loss = Number.NaN } = await model.evaluate(x, y);
  const width = classes.length;
  const matrix = confusionMatrix(y, probabilities, width).data;
  const { accuracy, perClass, macro } = classificationReport(y, probabilities, { labels: classes });
  const verdicts = Array.from(rows, (row, index) => judge(probabilities, y, row, index, classes));
  const isRight = ({ trueClass, predictedClass }: Verdict) => trueClass === predictedClass;
  const withImage = (verdict: Verdict): Verdict => ({ ...verdict, image: drawSample(x, rows.indexOf(verdict.row)) });
  const wrong = verdicts.filter((verdict) => !isRight(verdict));
  const bins = fillBins(verdicts, isRight);
  return {
    classes,
    samples: rows.length,
    accuracy,
    loss,
    confusion: classes.map((_, row) => Array.from(matrix.subarray(row * width, (row + 1) * width))),
    perClass,
    macro,
    bins,
    calibrationError:
      bins.reduce((sum, { count, confidence, accuracy: right }) => sum + count * Math.abs(confidence - right), 0) /
      rows.length,
    mistakes: wrong
      .sort((a, b) => b.probability - a.probability)
      .slice(0, SHOWN)
      .map(withImage),
    hits: verdicts
      .filter(isRight)
      .sort((a, b) => a.probability - b.probability)
      .slice(0, SHOWN)
      .map(withImage),
    ...drawWeights(model.getWeights(), start, x.shape.slice(1)),
  };
}

function judge(
  { data }: NDArray<Float32Array>,
  y: NDArray<Int32Array>,
  row: number,
  index: number,
  classes: readonly number[],
): Verdict {
  const width = classes.length;
  const probabilities = data.subarray(index * width, (index + 1) * width);
  const predicted = probabilities.reduce((best, value, at) => (value > (probabilities[best] ?? 0) ? at : best), 0);
  const actual = y.data[index] ?? 0;
  return {
    row,
    trueClass: classes[actual] ?? 0,
    predictedClass: classes[predicted] ?? 0,
    probability: probabilities[predicted] ?? 0,
    probabilityOfTrue: probabilities[actual] ?? 0,
    image: undefined,
  };
}

function fillBins(verdicts: readonly Verdict[], isRight: (verdict: Verdict) => boolean): ConfidenceBin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const inside = verdicts.filter(({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin);
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
