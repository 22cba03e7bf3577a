/** Stacks of layers that no one thought of train as the naive arithmetic does, bit for bit. */
import { expect, it } from "vitest";
import { oneHot, optimizers } from "../../src/index.js";
import { classNumbers, hash, matrix, withDensity } from "../helpers/data.js";
import { activations, type NaiveLayer } from "../helpers/naive-layers.js";
import { naiveAdam, naiveSgd } from "../helpers/naive-optimizers.js";
import { expectTwins, makeTwins } from "../helpers/twins.js";

const WIDTHS = [1, 2, 3, 5, 8, 13, 16, 31, 32, 33, 60, 64, 65, 100, 128];
const DENSITIES = [0, 0.05, 0.3, 0.5, 0.6, 1];
const STACKS = 80;

const makeOptimizers = [
  () => [optimizers.adam(), naiveAdam(0.001)] as const,
  () => [optimizers.sgd({ learningRate: 0.001, momentum: 0.9 }), naiveSgd(0.001, 0.9)] as const,
  () => [optimizers.sgd({ learningRate: 0.001 }), naiveSgd(0.001)] as const,
];

it.each(Array.from({ length: STACKS / 10 }, (_, i) => i * 10))("ten random stacks from number %i on", async (first) => {
  for (let number = first; number < first + 10; number++) {
    const draw = drawer(number);
    const output = draw(["softmax", "linear"] as const);
    const width = draw(WIDTHS);
    const units = draw([1, 2, 3, 5, 10, 17, 64]);
    const stack: NaiveLayer[] = [...drawLayers(draw), { units, activation: output }];
    const rows = draw([1, 2, 7, 23, 40]);
    const x = withDensity(matrix(rows, width, number), draw(DENSITIES));
    const y = output === "softmax" ? oneHot(classNumbers(rows, units, number), units) : matrix(rows, units, number + 1);
    const options = { batchSize: draw([1, 2, 3, 4, 5, 9, 16]), seed: number };
    const [model, naive] = makeTwins(stack, width, ...draw(makeOptimizers)());
    for (const initialEpoch of [0, 1]) {
      const { history } = await model.fit(x, y, { ...options, initialEpoch, epochs: initialEpoch + 1 });
      const losses = naive.fit(x, y, { ...options, initialEpoch, epochs: initialEpoch + 1 });
      expect(history.loss, `${number}: ${JSON.stringify(stack)}`).toEqual(losses);
      await model.predict(x);
    }
    expectTwins(model, naive);
  }
});

/** Up to three dense layers, some behind one that drops values. */
function drawLayers(draw: Draw): NaiveLayer[] {
  return Array.from({ length: draw([0, 1, 2, 3]) }, (): NaiveLayer[] => {
    const dropping: NaiveLayer[] = [
      { dropped: draw(["dropout", "alphaDropout"] as const), rate: draw([0.1, 0.5, 0.9]) },
    ];
    const activation = draw(Object.keys(activations) as (keyof typeof activations)[]);
    return [...draw([[], [], dropping]), { units: draw(WIDTHS), activation, useBias: draw([true, true, false]) }];
  }).flat();
}

type Draw = <T>(list: readonly T[]) => T;

/** Draws members of lists, one after another. */
function drawer(number: number): Draw {
  let index = 0;
  return <T>(list: readonly T[]) => list[hash(index++, number + 500) % list.length] as T;
}
