/** Backward passes of whole models against central differences, for every member of the tables. */
import { describe, expect, it } from "vitest";
import { activations, type Layer, layers, type Regularizer, regularizers } from "../../src/index.js";
import { getLoss } from "../../src/losses/get-loss.js";
import { checkGradients, denseLayer } from "../helpers/differences.js";
import { layersOfVectors } from "../helpers/every-layer.js";

/**
 * A share of the largest gradient. Losses are float32, and what they round off, 2^-22 or so over a step of 2^-6, makes a
 * tenth of this; kinks that escape notice make the rest.
 */
const TOLERANCE = 2e-3;
const WIDTHS = [1, 3, 5, 17, 33] as const;

const activationNames = Object.keys(activations);
/** Those that are joined with an activation, and one that is not; all others stand in losses/gradients.test.ts. */
const lossNames = [
  "binaryCrossentropy",
  "categoricalCrossentropy",
  "meanSquaredError",
  "mse",
  "sparseCategoricalCrossentropy",
] as const;
/** What makes outputs that every loss can take. */
const probabilities = ["sigmoid", "softmax"];

/** Each as it is, and stronger: what can be found in a gradient whose largest value is 1. */
const penalties = [
  ...Object.entries(regularizers).map(([name, make]) => [name, (make as () => Regularizer)()] as const),
  ["strong l1", regularizers.l1({ l1: 0.3 })] as const,
  ["strong l2", regularizers.l2({ l2: 0.3 })] as const,
  ["strong l1l2", regularizers.l1l2({ l1: 0.1, l2: 0.2 })] as const,
  ["orthogonal rows", regularizers.orthogonal({ factor: 2 })] as const,
  ["orthogonal columns", regularizers.orthogonal({ factor: 2, mode: "columns" })] as const,
];

describe("gradients are those of the loss", () => {
  // Each activation with some loss, and each loss with some activation
  const pairs = Array.from({ length: Math.max(activationNames.length, lossNames.length) }, (_, i) => ({
    activation: activationNames[i % activationNames.length] as string,
    loss: lossNames[i % lossNames.length] as (typeof lossNames)[number],
  }));
  it.each(pairs)("$activation, then $loss of probabilities", async ({ activation, loss }) => {
    for (const [index, output] of probabilities.entries()) {
      const salt = (hashOf(activation) + hashOf(loss) + index) % 1000;
      const stack = [
        denseLayer(width(salt), activation, [width(salt + 1)]),
        denseLayer(width(salt + 2), activation),
        denseLayer(width(salt + 3), output),
      ];
      await expectGradients(stack, loss, 1 + (salt % 9), salt);
    }
  });

  it.each(activationNames)("%s as output", async (activation) => {
    await expectGradients([denseLayer(5, "linear", [3]), denseLayer(17, activation)], "meanSquaredError", 2);
  });

  it.each(pairs)("a layer of its own for $activation, and one for what $loss is fused with", async (pair) => {
    const output = getLoss(pair.loss).fused?.activation ?? "linear";
    const stack = [
      denseLayer(5, pair.activation, [7]),
      layers.activation({ activation: pair.activation }),
      layers.activation({ activation: output }),
    ];
    await expectGradients(stack, pair.loss, 6);
  });

  it.each(Object.entries(layersOfVectors))("%s between dense layers", async (_, make) => {
    await expectGradients([denseLayer(6, "tanh", [5]), make(), denseLayer(3, "softmax")], "categoricalCrossentropy", 7);
  });

  it.each(Object.entries(layersOfVectors))("%s between dense layers, frozen", async (_, make) => {
    const frozen = { ...make(), trainable: false };
    await expectGradients([denseLayer(6, "tanh", [5]), frozen, denseLayer(3, "softmax")], "categoricalCrossentropy", 7);
  });

  it.each(Object.entries(layersOfVectors))("%s with a penalty on its output", async (_, make) => {
    const penalized = { ...make(), activityRegularizer: regularizers.l1l2({ l1: 0.1, l2: 0.2 }) };
    await expectGradients(
      [denseLayer(6, "tanh", [5]), penalized, denseLayer(3, "softmax")],
      "categoricalCrossentropy",
      3,
    );
  });

  it.each(Object.entries(layersOfVectors))("%s in front and behind", async (_, make) => {
    const front = { ...make(), inputShape: [6] };
    await expectGradients([front, denseLayer(6, "tanh"), make()], "meanSquaredError", 5);
  });

  it.each(penalties)("with the regularizer %s on weights and outputs", async (_, regularizer) => {
    const options = { kernelRegularizer: regularizer, activityRegularizer: regularizer };
    const ofBias = regularizer.checkShape ? {} : { biasRegularizer: regularizer };
    const stack = [
      layers.dense({ units: 5, activation: "sigmoid", inputShape: [3], ...options, ...ofBias }),
      layers.dense({ units: 3, activation: "softmax", ...options }),
    ];
    await expectGradients(stack, "categoricalCrossentropy", 4, 3);
  });

  it("with penalties between two layers and on the output", async () => {
    const penalty = () => layers.activityRegularization({ l1: 0.2, l2: 0.3 });
    await expectGradients([denseLayer(6, "tanh", [5]), penalty(), denseLayer(3, "linear"), penalty()], "mse", 7);
  });

  it("with a regularizer that needs the whole of a weight whose gradient comes in parts", async () => {
    const options = { units: 600, kernelRegularizer: regularizers.orthogonal({ factor: 2 }), inputShape: [40] };
    await expectGradients([layers.dense(options), denseLayer(2, "linear")], "meanSquaredError", 2);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])("batches of %i", async (rows) => {
    await expectGradients([denseLayer(17, "selu", [33]), denseLayer(5, "softmax")], "categoricalCrossentropy", rows);
  });
});

function width(salt: number): number {
  return WIDTHS[salt % WIDTHS.length] as number;
}

/** A number that stays what it is when the tables grow. */
function hashOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1000, 7);
}

async function expectGradients(
  stack: readonly Layer[],
  loss: (typeof lossNames)[number],
  rows: number,
  salt = 0,
): Promise<void> {
  const { compared, leftOut, error } = await checkGradients({ stack, loss: getLoss(loss), rows, salt });
  expect(error).toBeLessThan(TOLERANCE);
  expect(compared).toBeGreaterThan(leftOut);
}
