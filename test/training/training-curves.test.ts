/**
 * Six trainings, 50 steps each, against the same arithmetic in double precision with derivatives found by automatic
 * differentiation: data, first weights and the order of the batches stand in the fixture.
 */
import { describe, expect, it } from "vitest";
import { type Layer, type Loss, layers, losses, type Optimizer, optimizers, Sequential } from "../../src/index.js";
import {
  add,
  apply,
  constant,
  divide,
  exp,
  log,
  mean,
  multiply,
  power,
  Scalar,
  scale,
  subtract,
  sum,
} from "../helpers/autodiff.js";
import { ExactOptimizer, type ExactOptions } from "../helpers/exact-optimizers.js";
import { readVectors } from "../helpers/fixtures.js";

type Row = readonly Scalar[];

interface Vector {
  readonly id: string;
  readonly x: readonly (readonly number[])[];
  readonly y: readonly (readonly number[])[];
  /** Kernel and bias of each dense layer in turn. */
  readonly weights: readonly (readonly number[] | readonly (readonly number[])[])[];
  /** Row numbers. */
  readonly batches: readonly (readonly number[])[];
}

interface Setup {
  readonly layers: (units: readonly number[], inputShape: readonly number[]) => readonly Layer[];
  readonly loss: Loss | string;
  readonly optimizer: keyof typeof optimizers;
  readonly options: ExactOptions;
  /** What stands between dense layers, over the whole batch; its own weights, if any, come behind the bias. */
  readonly hidden: (batch: readonly Row[], own: readonly Row[]) => readonly Row[];
  /** The weights that a hidden layer has beside kernel and bias, as their first values. */
  readonly own?: (units: number) => readonly (readonly number[])[];
  /** The loss of one row of outputs before the last activation. */
  readonly rowLoss: (outputs: Row, targets: readonly number[]) => Scalar;
  /** Per kernel weight, what the loss gets on top. */
  readonly penalty?: (weight: Scalar) => Scalar;
}

const each = (f: (x: Scalar) => Scalar) => (batch: readonly Row[]) => batch.map((row) => row.map(f));
const relu = (x: Scalar): Scalar => (x.value > 0 ? x : constant(0));
const tanh = (x: Scalar): Scalar => apply(x, Math.tanh(x.value), 1 - Math.tanh(x.value) ** 2);
const sigmoid = (x: Scalar): Scalar => power(add(constant(1), exp(scale(x, -1))), -1);
const silu = (x: Scalar): Scalar => multiply(x, sigmoid(x));
const [SELU_SCALE, SELU_ALPHA] = [1.0507009873554805, 1.6732632423543772];
const selu = (x: Scalar): Scalar =>
  scale(x.value > 0 ? x : scale(subtract(exp(x), constant(1)), SELU_ALPHA), SELU_SCALE);

function softmaxLoss(logits: Row, targets: readonly number[]): Scalar {
  const total = log(sum(logits.map(exp)));
  return sum(logits.map((logit, j) => scale(subtract(total, logit), targets[j] ?? 0)));
}

function smoothed(logits: Row, targets: readonly number[]): Scalar {
  return softmaxLoss(
    logits,
    targets.map((target) => target * 0.9 + 0.1 / targets.length),
  );
}

function binaryLoss(logits: Row, targets: readonly number[]): Scalar {
  return mean(
    logits.map((logit, j) => {
      const p = sigmoid(targets[j] === 1 ? logit : scale(logit, -1));
      return scale(log(p), -1);
    }),
  );
}

function squaredError(outputs: Row, targets: readonly number[]): Scalar {
  return mean(outputs.map((output, j) => power(subtract(output, constant(targets[j] ?? 0)), 2)));
}

/** gamma · (x - mean) / √(variance + 0.001) + beta over the batch, then ReLU. */
function normalized(batch: readonly Row[], [gamma = [], beta = []]: readonly Row[]): readonly Row[] {
  const columns = gamma.map((_, j) => batch.map((row) => row[j] as Scalar));
  const statistics = columns.map((column) => {
    const center = mean(column);
    const variance = mean(column.map((x) => power(subtract(x, center), 2)));
    return { center, deviation: power(add(variance, constant(0.001)), 0.5) };
  });
  return batch.map((row) =>
    row.map((x, j) => {
      const { center, deviation } = statistics[j] as (typeof statistics)[number];
      const z = divide(subtract(x, center), deviation);
      return relu(add(multiply(z, gamma[j] as Scalar), beta[j] as Scalar));
    }),
  );
}

/** Dense layers, the hidden ones with the activation, the last one with its own. */
function stack(hidden: string, last: string, options: Readonly<Record<string, unknown>> = {}): Setup["layers"] {
  return (units, inputShape) =>
    units.map((width, i) =>
      layers.dense({
        units: width,
        activation: i < units.length - 1 ? hidden : last,
        ...options,
        ...(i === 0 && { inputShape }),
      }),
    );
}

const setups: readonly Setup[] = [
  {
    layers: stack("relu", "softmax"),
    loss: "categoricalCrossentropy",
    optimizer: "adam",
    options: { learningRate: 0.005 },
    hidden: each(relu),
    rowLoss: softmaxLoss,
  },
  {
    layers: stack("tanh", "linear"),
    loss: "meanSquaredError",
    optimizer: "sgd",
    options: { learningRate: 0.05, momentum: 0.9, nesterov: true },
    hidden: each(tanh),
    rowLoss: squaredError,
  },
  {
    layers: stack("selu", "softmax"),
    loss: losses.categoricalCrossentropy({ labelSmoothing: 0.1 }),
    optimizer: "rmsprop",
    options: { learningRate: 0.002 },
    hidden: each(selu),
    rowLoss: smoothed,
  },
  {
    layers: stack("sigmoid", "sigmoid"),
    loss: "binaryCrossentropy",
    optimizer: "adagrad",
    options: { learningRate: 0.05 },
    hidden: each(sigmoid),
    rowLoss: binaryLoss,
  },
  {
    layers: stack("silu", "softmax", { kernelRegularizer: "l2" }),
    loss: "categoricalCrossentropy",
    optimizer: "adamw",
    options: { learningRate: 0.003, weightDecay: 0.01 },
    hidden: each(silu),
    rowLoss: softmaxLoss,
    penalty: (weight) => scale(power(weight, 2), 0.01),
  },
  {
    layers: ([first = 1, last = 1], inputShape) => [
      layers.dense({ units: first, inputShape }),
      layers.batchNormalization(),
      layers.activation({ activation: "relu" }),
      layers.dense({ units: last, activation: "softmax" }),
    ],
    loss: "categoricalCrossentropy",
    optimizer: "nadam",
    options: { learningRate: 0.005, clipnorm: 0.5 },
    hidden: normalized,
    own: (units) => [Array.from({ length: units }, () => 1), Array.from({ length: units }, () => 0)],
    rowLoss: softmaxLoss,
  },
];

describe("loss per step against double precision, within 1e-5", async () => {
  const vectors = await readVectors<Vector>("training-curves.json");
  it.each(vectors.map((vector, i) => ({ ...vector, setup: setups[i] as Setup })))(
    "$id",
    async ({ setup, ...vector }) => {
      const expected = exactCurve(setup, vector);
      const losses = await curve(setup, vector);
      expect(losses.length).toBe(50);
      losses.forEach((loss, step) => {
        expect(Math.abs(loss / (expected[step] ?? 0) - 1), `step ${step}`).toBeLessThan(1e-5);
      });
      expect(losses.at(-1), "it learns").toBeLessThan(losses[0] as number);
    },
  );
});

/** What this library gives. */
async function curve(setup: Setup, { x, y, weights, batches }: Vector): Promise<number[]> {
  const units = weights.filter((_, i) => i % 2 === 1).map(({ length }) => length);
  const model = new Sequential(setup.layers(units, [x[0]?.length ?? 0]));
  const make = optimizers[setup.optimizer] as (options: ExactOptions) => Optimizer;
  model.compile({ optimizer: make(setup.options), loss: setup.loss });
  // Batch normalization keeps the four that it starts with
  model.setWeights(
    setup.own ? [...weights.slice(0, 2), ...model.getWeights().slice(2, 6), ...weights.slice(2)] : weights,
  );
  const losses: number[] = [];
  for (const rows of batches) {
    const { loss } = await model.trainOnBatch(
      rows.map((row) => x[row] ?? []),
      rows.map((row) => y[row] ?? []),
    );
    losses.push(loss as number);
  }
  return losses;
}

/** The same in double precision. */
function exactCurve(setup: Setup, { x, y, weights, batches }: Vector): number[] {
  const optimizer = new ExactOptimizer(setup.optimizer, setup.options);
  const shapes = weights.map((weight) => weight.length);
  const parameters = weights.map((weight) => weight.flat());
  const kernels = parameters.length / 2;
  const own = Array.from({ length: kernels - 1 }, (_, layer) => setup.own?.(shapes[2 * layer + 1] ?? 0) ?? []);
  const all = [...parameters, ...own.flat().map((values) => [...values])];
  return batches.map((rows) => {
    const scalars = all.map((values) => values.map((value) => new Scalar(value)));
    const ownOf = (layer: number): Row[] => {
      const before = own.slice(0, layer).flat().length;
      return (own[layer] ?? []).map((_, i) => scalars[parameters.length + before + i] as Row);
    };
    let batch: readonly Row[] = rows.map((row) => (x[row] ?? []).map(constant));
    for (let layer = 0; layer < kernels; layer++) {
      const [kernel, bias] = [scalars[2 * layer] as Row, scalars[2 * layer + 1] as Row];
      batch = batch.map((row) =>
        bias.map((b, j) => add(b, sum(row.map((value, i) => multiply(value, kernel[i * bias.length + j] as Scalar))))),
      );
      if (layer < kernels - 1) batch = setup.hidden(batch, ownOf(layer));
    }
    const { penalty } = setup;
    const data = mean(batch.map((row, i) => setup.rowLoss(row, y[rows[i] ?? 0] ?? [])));
    const loss = penalty
      ? add(data, sum(parameters.flatMap((_, i) => (i % 2 === 0 ? (scalars[i] as Row).map(penalty) : []))))
      : data;
    loss.backward();
    optimizer.apply(
      scalars.map((values) => values.map(({ gradient }) => gradient)),
      all,
    );
    return loss.value;
  });
}
