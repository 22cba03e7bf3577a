/** Artifacts with one place changed, of models within models, with training that TensorFlow.js knows in part or not at all. */
import { describe, expect, it } from "vitest";
import {
  FormatError,
  layers,
  type ModelArtifacts,
  metrics,
  type Optimizer,
  optimizers,
  regularizers,
  Sequential,
  schedules,
} from "../../src/index.js";
import { matrix } from "../helpers/data.js";
import { placesOf } from "../helpers/places.js";

const x = matrix(3, 2, 1);
const y = matrix(3, 4, 2);

async function save(optimizer: Optimizer, loss: string): Promise<ModelArtifacts> {
  const inner = new Sequential(
    [
      layers.dense({ name: "only", units: 3, inputShape: [2], kernelRegularizer: regularizers.orthogonal() }),
      layers.batchNormalization(),
    ],
    { name: "inner" },
  );
  const outer = layers.dense({ name: "only", units: 4, activation: "leakyRelu", kernelConstraint: "maxNorm" });
  const model = new Sequential([inner, outer], { seed: 1 });
  model.setUserDefinedMetadata({ classes: ["cat"] });
  const measured = { metrics: ["accuracy", metrics.precision({ thresholds: [0.2, 0.6] })], weightedMetrics: ["auc"] };
  model.compile({ optimizer, loss, ...measured });
  await model.trainOnBatch(x, y);
  return await model.toArtifacts({ includeOptimizer: true });
}

/** The artifacts with something else in one place, or nothing. */
function change({ weightData, ...json }: ModelArtifacts, place: readonly string[], put: unknown): ModelArtifacts {
  const root = structuredClone(json) as Record<string, unknown>;
  let parent = root;
  for (const key of place.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  const last = place.at(-1) as string;
  if (put !== undefined) parent[last] = put;
  else delete parent[last];
  return { ...root, weightData } as ModelArtifacts;
}

/** A FormatError, or a model that works and is saved as what it is. */
async function expectSound(artifacts: ModelArtifacts): Promise<boolean> {
  const model = await Sequential.load(artifacts).catch((error: Error) => error);
  if (model instanceof Error) {
    if (!(model instanceof FormatError)) throw model;
    expect(model.message).toMatch(/^model artifacts: /);
    return false;
  }
  expect((await model.predict(x)).data.every(Number.isFinite)).toBe(true);
  const again = await model.toArtifacts({ includeOptimizer: true });
  expect(await (await Sequential.load(again)).toArtifacts({ includeOptimizer: true })).toEqual(again);
  return true;
}

const learningRate = schedules.cosineDecay({ initialLearningRate: 0.1, decaySteps: 5 });

describe.each([
  ["in part", optimizers.sgd({ momentum: 0.9, learningRate, clipnorm: 1 }), "meanSquaredError"],
  ["not at all", optimizers.lion({ useEma: true }), "huber"],
] as const)("of training that TensorFlow.js knows %s", (_, optimizer, loss) => {
  it.each([[undefined], [null], [-1], [2 ** 31], ["__proto__"], [[null, 1e9]], [{ class_name: "Adam", config: {} }]])(
    "%j there",
    async (put) => {
      const artifacts = await save(optimizer, loss);
      const { weightData: _, ...json } = artifacts;
      let loaded = 0;
      for (const place of placesOf(json)) if (await expectSound(change(artifacts, place, put))) loaded++;
      expect(loaded).toBeGreaterThan(10);
    },
  );
});

it.each([
  [
    "trainingConfig.lanewise",
    (a: ModelArtifacts) => change(a, ["trainingConfig", "lanewise"], 1),
    "model artifacts: trainingConfig.lanewise: expected an object, got 1",
  ],
  [
    "the overlay of a layer",
    (a: ModelArtifacts) => change(a, ["modelTopology", "config", "layers", "1", "lanewise"], "only"),
    'model artifacts: modelTopology.config.layers[1].lanewise: expected an object, got "only"',
  ],
  [
    "the count of steps",
    (a: ModelArtifacts) => {
      const weightData = a.weightData.slice(0);
      const before = a.weightSpecs.slice(
        0,
        a.weightSpecs.findIndex(({ name }) => name === "iter"),
      );
      const start = before.reduce((sum, { shape }) => sum + shape.reduce((size, one) => size * one, 1), 0);
      new Int32Array(weightData)[start] = -3;
      return { ...a, weightData };
    },
    "model artifacts: iter: expected a number of steps, got -3",
  ],
  [
    "the axis of a constraint",
    (a: ModelArtifacts) =>
      change(a, ["modelTopology", "config", "layers", "1", "config", "kernel_constraint", "config", "axis"], 5),
    "model artifacts: only/kernel: maxNorm: axis 5: there is none in the shape [3, 4]",
  ],
  [
    "the settings of the optimizer",
    (a: ModelArtifacts) => change(a, ["trainingConfig", "optimizer_config", "config"], null),
    "model artifacts: trainingConfig.optimizer_config.config: expected an object, got null",
  ],
] as const)("names the place: %s", async (_, spoil, message) => {
  const artifacts = await save(optimizers.sgd({ momentum: 0.9, learningRate }), "meanSquaredError");
  await expect(Sequential.load(spoil(artifacts))).rejects.toThrow(new FormatError(message));
});
