/** A saved model that tells classes apart, and what it has to be told. */
import { describeShape, sizeOf } from "../arrays.js";
import { LanewiseError, ShapeError } from "../errors.js";
import { activations, type NDArray, Sequential } from "../index.js";
import type { ArrayFile, ImagesSummary } from "./data-files.js";

export interface Classifier {
  readonly path: string;
  /** Compiled. */
  readonly model: Sequential;
  readonly inputShape: readonly number[];
  /** The labels of its outputs, in their order. */
  readonly classes: readonly number[];
}

/** One or more that are asked together: their answer is the mean of their probabilities. */
export type Ensemble = readonly [Member, ...Member[]];
export type Member = Pick<Classifier, "model" | "classes" | "path">;
/** Those of saved models. */
export type Classifiers = readonly [Classifier, ...Classifier[]];

/** A loss that a classifier can do with, for a model that was saved without one. */
const FALLBACK = { optimizer: "sgd", loss: "sparseCategoricalCrossentropy" } as const;

/** @throws LanewiseError that names the file unless it is a model with an output for each of two classes or more. */
export async function loadClassifier(path: string): Promise<Classifier> {
  const model = await Sequential.load(path);
  const inputShape = model.inputShape ?? [];
  const outputShape = model.outputShape(inputShape);
  const [width = 0] = outputShape;
  if (outputShape.length !== 1 || width < 2) {
    throw new ShapeError(
      `${path}: expected a model with an output for each class, [2] or more, got ${describeShape(outputShape)}`,
    );
  }
  if (!model.loss) model.compile(FALLBACK);
  return { path, model, inputShape, classes: classesOf(model) ?? Array.from({ length: width }, (_, index) => index) };
}

/** @throws LanewiseError that names the file also for a model of other inputs or classes than the first. */
export async function loadClassifiers([path, ...others]: readonly [string, ...string[]]): Promise<Classifiers> {
  const first = await loadClassifier(path);
  const rest: Classifier[] = [];
  for (const other of others) {
    const next = await loadClassifier(other);
    for (const name of ["inputShape", "classes"] as const) {
      const [expected, got] = [describeShape(first[name]), describeShape(next[name])];
      if (expected === got) continue;
      const what = name === "classes" ? "the classes" : "the input shape";
      throw new LanewiseError(`${other}: expected ${what} of ${path}, ${expected}, got ${got}`);
    }
    rest.push(next);
  }
  return [first, ...rest];
}

/** The labels that are kept with the model, one for each output. */
export function classesOf(model: Sequential): readonly number[] | undefined {
  const { classes } = model.getUserDefinedMetadata();
  const [width] = model.outputShape(model.inputShape ?? []);
  const fits =
    Array.isArray(classes) && classes.every((label) => Number.isSafeInteger(label)) && classes.length === width;
  return fits && new Set(classes).size === width ? classes : undefined;
}

/**
 * The images as the model takes them: axes of length 1 don't matter, and a model of vectors takes images of any shape.
 *
 * @throws ShapeError that names the file for images of another shape.
 */
export function fitImages({ array, summary }: ArrayFile<ImagesSummary>, { inputShape, path }: Classifier): NDArray {
  const [rows = 0, ...shape] = array.shape;
  const isVector = inputShape.length === 1 && sizeOf(shape) === inputShape[0];
  if (!isVector && describeShape(longAxes(shape)) !== describeShape(longAxes(inputShape))) {
    const expected = describeShape([null, ...inputShape]);
    const got = describeShape(summary.shape);
    throw new ShapeError(`${summary.path}: expected images of shape ${expected} for ${path}, got ${got}`);
  }
  return { ...array, shape: [rows, ...inputShape] };
}

/**
 * The probabilities of the classes, [n, k]: the means of the models'.
 *
 * @throws LanewiseError for outputs that are no probabilities.
 */
export async function predictProbabilities([first, ...others]: Ensemble, x: NDArray): Promise<NDArray<Float32Array>> {
  const sum = await predictAlone(first, x);
  if (others.length === 0) return sum;
  const { data } = sum;
  for (const other of others) {
    const { data: more } = await predictAlone(other, x);
    for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) + (more[i] ?? 0);
  }
  for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) / (others.length + 1);
  return sum;
}

/** Also of a model whose loss is from logits. */
async function predictAlone({ model, path }: Member, x: NDArray): Promise<NDArray<Float32Array>> {
  const output = await model.predict(x);
  const { name = "", config } = model.loss ?? {};
  if (config?.from_logits) return name.startsWith("binary") ? activations.sigmoid(output) : activations.softmax(output);
  const bad = output.data.findIndex((value) => !(value >= 0 && value <= LARGEST_PROBABILITY));
  if (bad >= 0) {
    const row = Math.floor(bad / sizeOf(output.shape.slice(1)));
    throw new LanewiseError(
      `${path}: expected probabilities as output, got ${output.data[bad]} for row ${row}; end the model in a softmax`,
    );
  }
  return output;
}

/** Room for rounding. */
const LARGEST_PROBABILITY = 1.0001;

function longAxes(shape: readonly number[]): readonly number[] {
  return shape.filter((length) => length !== 1);
}
