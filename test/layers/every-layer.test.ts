/** What holds for every layer. */
import { describe, expect, it } from "vitest";
import { type Layer, layers, type NDArray, ndarray, Sequential } from "../../src/index.js";
import { matrix, numbers, withDensity } from "../helpers/data.js";
import { everyLayerAndShape } from "../helpers/every-layer.js";
import { preparedRun, runInTraining } from "../helpers/layer-run.js";
import { bits, expectSameWeights } from "../helpers/weights.js";

const ROWS = 5;
/** What float32 leaves of a difference over 2^-6 to either side, as a share of the largest slope. */
const TOLERANCE = 2e-3;
const STEP = 2 ** -6;

describe.each(everyLayerAndShape)("%s", (name, inputShape, make) => {
  const width = inputShape.reduce((size, dimension) => size * dimension, 1);
  const samples = (rows: number, salt: number) => ndarray(matrix(rows, width, salt).data, [rows, ...inputShape]);
  const fresh = (): Layer => ({ ...make(), inputShape });

  it("has the gradients of its output, to the input and to its weights", async () => {
    const layer = make();
    const x = samples(ROWS, 1);
    const weights = new Sequential([fresh()], { seed: 2 }).getWeights().map((weight, i) => {
      const learns = layer.weights(inputShape)[i]?.trainable !== false;
      return learns ? ndarray(numbers(weight.data.length, 3 + i, 0.5, 1.5), weight.shape) : weight;
    });
    let dy: Float32Array = new Float32Array();
    const gradientOf = (y: Float32Array) => {
      dy = numbers(y.length, 9);
      return dy;
    };
    const train = preparedRun(layer, x.shape, gradientOf);
    const run = await train(x, weights);
    const slope = async (at: (by: number) => [NDArray<Float32Array>, NDArray[]]) => {
      const value = async (by: number) => {
        const [input, moved] = at(by);
        const { y } = await train(input, moved);
        return y.data.reduce((sum, output, i) => sum + output * (dy[i] as number), 0);
      };
      const central = async (step: number) => ((await value(step)) - (await value(-step))) / (2 * step);
      // Richardson's extrapolation takes out the error that grows with the square of the step
      return (4 * (await central(STEP)) - (await central(2 * STEP))) / 3;
    };
    const slopes: number[] = [];
    const gradients: number[] = [];
    for (const i of probes(x.data.length)) {
      slopes.push(await slope((by) => [moved(x, i, by), [...weights]]));
      gradients.push(run.dx.data[i] as number);
    }
    for (const [index, weight] of weights.entries()) {
      if (layer.weights(inputShape)[index]?.trainable === false) continue;
      for (const i of probes(weight.data.length)) {
        slopes.push(await slope((by) => [x, weights.with(index, moved(weight, i, by))]));
        gradients.push((weight.data[i] as number) - (run.weights[index]?.data[i] as number));
      }
    }
    const scale = Math.max(0.01, ...gradients.map(Math.abs));
    const errors = slopes.map((value, i) => Math.abs(value - (gradients[i] as number)) / scale);
    expect(Math.max(...errors)).toBeLessThan(TOLERANCE);
  });

  it("is saved and loaded back equal, weights and predictions to the bit", async () => {
    const model = new Sequential([fresh()], { seed: 4 });
    model.setWeights(model.getWeights().map(({ data, shape }, i) => ndarray(numbers(data.length, i, 0.5, 1.5), shape)));
    const back = await Sequential.load(await model.toArtifacts());
    const settings = ({ className, config, trainable }: Layer) => ({ className, config, trainable });
    // What would flatten vectors is saved as an activation that does nothing, for TensorFlow.js refuses it
    if (name !== "flatten") expect(back.layers.map(settings)).toEqual(model.layers.map(settings));
    expectSameWeights(back.getWeights(), model.getWeights());
    const x = samples(ROWS, 5);
    expectSameWeights([await back.predict(x)], [await model.predict(x)]);
    expect(await back.toArtifacts()).toEqual(await model.toArtifacts());
  });

  it("predicts each sample the same, whichever come with it", async () => {
    const model = new Sequential([fresh()], { seed: 6 });
    const x = samples(131, 7);
    const together = await model.predict(x);
    const outputs = together.data.length / 131;
    for (const [start, end] of [
      [0, 1],
      [1, 4],
      [127, 130],
    ] as const) {
      const part = await model.predict(ndarray(x.data.slice(start * width, end * width), [end - start, ...inputShape]));
      expect(bits([part])).toEqual(bits([ndarray(together.data.slice(start * outputs, end * outputs), part.shape)]));
    }
  });

  it("trains to the same bits on sparse rows as on dense ones, and again", async () => {
    const data = withDensity(matrix(23, width, 8), 0.2).data;
    const x = ndarray(data, [23, ...inputShape]);
    const train = async (inFront: readonly Layer[]) => {
      const seeded = make();
      const model = new Sequential([...inFront, seeded, layers.flatten(), layers.dense({ units: 3 })], { seed: 9 });
      model.compile({ optimizer: "adam", loss: "mse" });
      await model.fit(x, matrix(23, 3, 10), { epochs: 2, batchSize: 8 });
      return model.getWeights();
    };
    const linear = () => layers.activation({ activation: "linear", inputShape });
    const front = await train([layers.inputLayer({ inputShape })]);
    expectSameWeights(await train([layers.inputLayer({ inputShape })]), front);
    // Behind a layer that takes no sparse rows, but with other random numbers
    if (!/^(dropout|alphaDropout|gaussian)/i.test(make().className)) expectSameWeights(await train([linear()]), front);
  });

  it("leaves its weights alone when frozen, and lets gradients through", async () => {
    const layer = { ...make(), trainable: false };
    const x = samples(ROWS, 11);
    const before = new Sequential([{ ...layer, inputShape }], { seed: 12 }).getWeights();
    const run = await runInTraining(layer, x, (y) => numbers(y.length, 13), { weights: before });
    expectSameWeights(run.weights, before);
  });
});

function moved({ data, shape }: NDArray, index: number, by: number): NDArray<Float32Array> {
  const values = Float32Array.from(data);
  values[index] = (values[index] as number) + by;
  return ndarray(values, shape);
}

/** The first, the last, and some in between. */
function probes(length: number): number[] {
  const count = Math.min(4, length);
  return Array.from({ length: count }, (_, i) => Math.floor((i * (length - 1)) / Math.max(1, count - 1)));
}
