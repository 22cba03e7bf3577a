/** Frozen layers: what learns, what stays, and how far gradients go. */
import { describe, expect, it } from "vitest";
import { initializers, type Layer, layers, ndarray, optimizers, Sequential } from "../../src/index.js";
import { x, y } from "../helpers/classifier.js";
import { withDensity } from "../helpers/data.js";
import { expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights, type Weights } from "../helpers/weights.js";

/** 4-5-6-3, of which some layers are frozen. */
function make(frozen: readonly number[] = [], optimizer = optimizers.adam()): Sequential {
  const dense = (index: number, units: number, activation: string) =>
    layers.dense({ units, activation, trainable: !frozen.includes(index) });
  const front = { ...dense(0, 5, "tanh"), inputShape: [4] };
  const model = new Sequential([front, dense(1, 6, "tanh"), dense(2, 3, "softmax")], { seed: 1 });
  model.compile({ optimizer, loss: "categoricalCrossentropy" });
  return model;
}

/** The weights of layer `index` of three with kernel and bias. */
function weightsOf(model: Sequential, index: number): Weights {
  return model.getWeights().slice(2 * index, 2 * index + 2);
}

/** Tells for each of the model's layers with weights whether it changed. */
async function whatLearns(model: Sequential): Promise<boolean[]> {
  const before = model.getWeights();
  await model.trainOnBatch(x, y);
  const after = model.getWeights();
  return [0, 2, 4].map((i) => [...(after[i]?.data ?? [])].some((value, j) => value !== before[i]?.data[j]));
}

/** The layer, and for each of its backward passes whether the gradient of its input was asked for. */
function spied(layer: Layer): { layer: Layer; asked: boolean[] } {
  const asked: boolean[] = [];
  const plan: Layer["plan"] = (context) =>
    layer.plan(context).map((step, index) => ({
      ...step,
      backward(pass, dOutput, dInput) {
        if (index === 0) asked.push(dInput !== undefined);
        step.backward(pass, dOutput, dInput);
      },
    }));
  return { layer: { ...layer, plan }, asked };
}

describe("a frozen layer", () => {
  it.each([[[0]], [[1]], [[2]], [[0, 1]], [[0, 2]], [[1, 2]], [[0, 1, 2]]])(
    "keeps its weights, and the first step of the others is to the bit as without it: %j",
    async (frozen) => {
      const [model, free, untouched] = [make(frozen), make(), make()];
      expect(await model.trainOnBatch(x, y)).toEqual(await free.trainOnBatch(x, y));
      for (const index of [0, 1, 2]) {
        const expected = frozen.includes(index) ? untouched : free;
        expectSameWeights(weightsOf(model, index), weightsOf(expected, index));
      }
    },
  );

  // TensorFlow.js, tfjs-layers/src/engine/training_test.ts (Apache-2.0), with numbers from Keras
  it("learns what it learns in TensorFlow.js, within 1e-5", async () => {
    const dense = (units: number, value: number, trainable: boolean) => {
      const kernelInitializer = initializers.constant({ value });
      return layers.dense({ units, useBias: false, kernelInitializer, trainable, inputShape: [units === 1 ? 10 : 4] });
    };
    const model = new Sequential([dense(10, -0.61341441, false), dense(1, -1.77405429, true)]);
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0.01 }), loss: "meanSquaredError" });
    const ones = (width: number) => ndarray(new Float32Array(5 * width).fill(1), [5, width]);
    const { history } = await model.fit(ones(4), ones(1), { batchSize: 5, epochs: 2, validationSplit: 0.2 });
    const expected = {
      loss: [1808.7342529296875, 75.33650970458984],
      val_loss: [75.3365249633789, 3.1378798484802246],
    };
    for (const [name, values] of Object.entries(expected)) {
      values.forEach((value, epoch) => {
        expect(Math.abs((history[name]?.[epoch] ?? 0) / value - 1)).toBeLessThan(1e-5);
      });
    }
    expect(model.getWeights()[1]?.data[0]).toBeCloseTo(-0.11295, 5);
  });

  it("keeps its weights on sparse rows", async () => {
    const model = make([0]);
    const before = weightsOf(model, 0);
    await model.fit(withDensity(x, 0.3), y, { epochs: 2 });
    expectSameWeights(weightsOf(model, 0), before);
  });

  it("ends the backward pass when nothing before it learns", async () => {
    const run = async (frozen: readonly number[]) => {
      const spies = [
        layers.dense({ units: 5, inputShape: [4] }),
        layers.dense({ units: 6 }),
        layers.dense({ units: 3 }),
      ].map(spied);
      for (const index of frozen) (spies[index] as { layer: Layer }).layer.trainable = false;
      const model = new Sequential(spies.map(({ layer }) => layer));
      model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      await model.trainOnBatch(x, y);
      return spies.map(({ asked }) => asked);
    };
    expect(await run([])).toEqual([[false], [true], [true]]);
    expect(await run([0])).toEqual([[], [false], [true]]);
    expect(await run([1])).toEqual([[false], [true], [true]]);
    expect(await run([0, 1])).toEqual([[], [], [false]]);
    expect(await run([0, 1, 2])).toEqual([[], [], []]);
  });
});

describe("trainable", () => {
  it("may be changed, and counts from the next step", async () => {
    const model = make();
    expect(await whatLearns(model)).toEqual([true, true, true]);
    (model.layers[1] as Layer).trainable = false;
    expect(await whatLearns(model)).toEqual([true, false, true]);
    (model.layers[1] as Layer).trainable = true;
    expect(await whatLearns(model)).toEqual([true, true, true]);
  });

  it("of the model is that of all its layers", async () => {
    const model = make();
    model.trainable = false;
    expect(model.layers.map(({ trainable }) => trainable)).toEqual([false, false, false]);
    expect(model.trainable).toBe(false);
    expect(await whatLearns(model)).toEqual([false, false, false]);
    (model.layers[2] as Layer).trainable = true;
    expect(model.trainable).toBe(true);
    expect(await whatLearns(model)).toEqual([false, false, true]);
    await expectFailure(
      () => {
        model.trainable = wrong("yes");
      },
      TypeError,
      'trainable: expected true or false, got "yes"',
    );
  });

  it("leaves what the optimizer remembers as it was", async () => {
    const sgd = () => optimizers.sgd({ learningRate: 0.1, momentum: 0.9 });
    const [model, twin] = [make([], sgd()), make([], sgd())];
    for (const one of [model, twin]) await one.trainOnBatch(x, y);
    const [kernel, bias] = weightsOf(model, 2);
    (model.layers[2] as Layer).trainable = false;
    await model.trainOnBatch(x, y);
    (model.layers[2] as Layer).trainable = true;
    expectSameWeights(weightsOf(model, 2), [kernel, bias] as Weights);
    // The same weights everywhere: what differs from now on can only be the velocity
    model.setWeights(twin.getWeights());
    for (const one of [model, twin]) await one.trainOnBatch(x, y);
    expectSameWeights(weightsOf(model, 2), weightsOf(twin, 2));
  });

  it("is saved and loaded", async () => {
    const back = await Sequential.load(await make([1]).toArtifacts());
    expect(back.layers.map(({ trainable }) => trainable)).toEqual([true, false, true]);
    const artifacts = structuredClone(await make().toArtifacts());
    Object.assign((artifacts.modelTopology as { config: object }).config, { trainable: false });
    expect((await Sequential.load(artifacts)).trainable).toBe(false);
  });
});
