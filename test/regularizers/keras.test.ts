/** Regularizers and constraints against the numbers in Keras's own tests. */
import { describe, expect, it } from "vitest";
import { constraints, layers, type NDArray, ndarray, optimizers, regularizers, Sequential } from "../../src/index.js";
import { findMember, toCamelCase } from "../../src/lookup.js";
import { readVectors } from "../helpers/fixtures.js";

type Numbers = number | readonly (readonly number[])[];

interface Vector {
  readonly name: string;
  readonly config: Readonly<Record<string, number>>;
  readonly w: readonly (readonly number[])[];
  readonly expected: Numbers;
  readonly live: Numbers;
  readonly tolerance: { readonly atol: number; readonly rtol: number };
  readonly test: string;
}

describe("against Keras", async () => {
  it.each(await readVectors<Vector>("keras-regularizers-constraints.json"))("$name $config in $test", (vector) => {
    const { name, config, w, tolerance } = vector;
    const table: Readonly<Record<string, unknown>> = { ...regularizers, ...constraints };
    const member = findMember(table, name) as (options: object) => (w: unknown) => number | NDArray;
    const options = Object.fromEntries(Object.entries(config).map(([key, value]) => [toCamelCase(key), value]));
    const result = member(options)(w);
    const values = typeof result === "number" ? [result] : [...result.data];
    for (const [numbers, atol, rtol] of [
      [vector.expected, tolerance.atol, tolerance.rtol],
      [vector.live, 0, 3e-7],
    ] as const) {
      const wanted = [numbers].flat(2) as number[];
      expect(values).toHaveLength(wanted.length);
      wanted.forEach((number, i) => {
        expect(Math.abs((values[i] as number) - number)).toBeLessThanOrEqual(atol + rtol * Math.abs(number));
      });
    }
  });

  // TensorFlow.js, tfjs-layers/src/engine/training_test.ts (Apache-2.0), with numbers from Keras
  it("train a layer to the digits that stand in TensorFlow.js's test", async () => {
    const model = new Sequential([
      layers.dense({ units: 1, useBias: false, kernelInitializer: "ones", kernelRegularizer: "l1l2", inputShape: [4] }),
    ]);
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0.01 }), loss: "meanSquaredError" });
    const ones = (width: number) => ndarray(new Float32Array(5 * width).fill(1), [5, width]);
    const { history } = await model.fit(ones(4), ones(1), { batchSize: 5, epochs: 2 });
    expect(history.loss?.map((loss) => loss.toFixed(2))).toEqual(["9.08", "7.68"]);
    expect([...(model.getWeights()[0]?.data ?? [])].map((weight) => weight.toFixed(3))).toEqual(Array(4).fill("0.884"));
  });
});
