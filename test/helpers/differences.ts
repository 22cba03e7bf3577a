/** The gradients that a model trains with, against differences of its loss. */
import { type NDArray, ndarray } from "../../src/arrays.js";
import { type Layer, type Loss, layers, optimizers, Sequential } from "../../src/index.js";
import { connect } from "../../src/network/connect.js";
import { hash, matrix, numbers } from "./data.js";

export interface GradientCheck {
  readonly stack: readonly Layer[];
  readonly loss: Loss;
  readonly rows: number;
  readonly salt?: number;
  /** Weights of the samples. */
  readonly weighted?: boolean;
}

export interface GradientReport {
  /** How many weights were compared, and how many left out for a kink near them. */
  readonly compared: number;
  readonly leftOut: number;
  /** The largest difference, as a share of the largest gradient, or of a hundredth if none is as large. */
  readonly error: number;
}

/** How far a weight is moved to either side; and twice as far. */
const STEP = 2 ** -6;
/** Weights looked at in each kernel or bias. */
const PROBES = 10;
/** Relative to the largest gradient: where the two steps disagree by more on slope or curvature, there is a kink. */
const KINK = 3e-3;

/**
 * Every loss is that of a first batch, in training, so that dropout drops the same values each time; the gradient is what
 * sgd with a learning rate of 1 takes off. Weights of frozen layers must stay; those that a layer keeps up itself are not
 * looked at.
 */
export async function checkGradients({
  stack,
  loss,
  rows,
  salt = 0,
  weighted,
}: GradientCheck): Promise<GradientReport> {
  const model = new Sequential(stack, { seed: salt });
  const roles = weightRoles(stack);
  /** Whether another batch may have other random numbers. */
  const draws = stack.some(({ className }) => /Dropout|Noise|Random|Sequential/.test(className));
  const weights = model.getWeights().map((weight, i) => {
    const { data, shape } = weight;
    // A variance could not be just anything
    return roles[i]?.keptUp ? weight : ndarray(quarters(data.length, salt + i), shape);
  });
  const { data, shape } = await model.predict(zeros(rows, stack));
  const x = inputs(rows, stack, salt);
  const width = data.length / rows;
  const y =
    loss.targets === "dense"
      ? ndarray(numbers(data.length, salt + 99, 0, Math.min(1, 2 / width)), shape)
      : Int32Array.from({ length: rows }, (_, row) => hash(row, salt) % width);
  const weighting = weighted ? { sampleWeight: numbers(rows, salt + 7, 0.5, 1.5) } : {};

  /** The loss with these weights, and the weights after a step. */
  const run = async (values: readonly NDArray[]): Promise<[number, NDArray<Float32Array>[]]> => {
    model.setWeights(values);
    const logs = await model.trainOnBatch(x, y, weighting);
    return [logs.loss as number, model.getWeights()];
  };

  const start = (learningRate: number): void => model.compile({ optimizer: optimizers.sgd({ learningRate }), loss });
  start(1);
  const [base, stepped] = await run(weights);
  start(0);
  const gradients = weights.map((weight, i) =>
    weight.data.map((value, j) =>
      roles[i]?.keptUp && !roles[i]?.frozen ? 0 : value - (stepped[i]?.data[j] as number),
    ),
  );
  const scale = Math.max(0.01, ...gradients.flatMap((gradient) => [...gradient].map(Math.abs)));
  let compared = 0;
  let leftOut = 0;
  let error = 0;
  for (const [i, weight] of weights.entries()) {
    if (roles[i]?.frozen && gradients[i]?.some((value) => value !== 0)) error = Infinity;
    if (roles[i]?.frozen || roles[i]?.keptUp) continue;
    for (const j of probes(weight.data.length)) {
      /** Slope and curvature (times the step) of a parabola through three points. */
      const differences = async (step: number): Promise<[number, number]> => {
        const at = async (move: number) => {
          if (draws) start(0);
          return (await run(weights.with(i, moved(weight, j, move))))[0];
        };
        const [below, above] = [await at(-step), await at(step)];
        return [(above - below) / (2 * step), (above - 2 * base + below) / step];
      };
      const [[narrow, bend], [wide, wideBend]] = [await differences(STEP), await differences(2 * STEP)];
      if (Math.max(Math.abs(narrow - wide), Math.abs(wideBend - 2 * bend)) > KINK * scale) {
        leftOut++;
        continue;
      }
      compared++;
      // Richardson's extrapolation takes out the error that grows with the square of the step
      const slope = (4 * narrow - wide) / 3;
      error = Math.max(error, Math.abs(slope - (gradients[i]?.[j] as number)) / scale);
    }
  }
  return { compared, leftOut, error };
}

/** Of each weight, whether training must leave it alone, and whether the layer changes it in its own way. */
function weightRoles(stack: readonly Layer[]): { frozen: boolean; keptUp: boolean }[] {
  return connect(stack, stack[0]?.inputShape ?? []).flatMap(({ layer, inputShape }) =>
    layer.weights(inputShape).map((spec) => ({
      frozen: layer.trainable === false,
      keptUp: spec.trainable === false,
    })),
  );
}

/** A dense layer for the middle of a stack. */
export function denseLayer(units: number, activation: string, inputShape?: readonly number[]): Layer {
  return layers.dense({ units, activation, ...(inputShape && { inputShape }) });
}

/** Multiples of 2^-12 in ±0.7, so that adding a step rounds nothing. */
function quarters(length: number, salt: number): Float32Array {
  return numbers(length, salt, -0.7, 0.7).map((value) => Math.round(value * 4096) / 4096);
}

function inputs(rows: number, stack: readonly Layer[], salt: number): NDArray<Float32Array> {
  const inputShape = stack[0]?.inputShape ?? [];
  const width = inputShape.reduce((size, dimension) => size * dimension, 1);
  return ndarray(matrix(rows, width, salt + 50).data, [rows, ...inputShape]);
}

function zeros(rows: number, stack: readonly Layer[]): NDArray<Float32Array> {
  const { data, shape } = inputs(rows, stack, 0);
  return ndarray(new Float32Array(data.length), shape);
}

function moved({ data, shape }: NDArray<Float32Array>, index: number, by: number): NDArray<Float32Array> {
  return ndarray(data.with(index, (data[index] as number) + by), shape);
}

/** The first, the last, and some in between. */
function probes(length: number): number[] {
  const count = Math.min(PROBES, length);
  return Array.from({ length: count }, (_, i) => Math.floor((i * (length - 1)) / Math.max(1, count - 1)));
}
