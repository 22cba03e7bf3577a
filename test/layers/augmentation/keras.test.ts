/** Keras's own numbers. */
import { expect, it } from "vitest";
import { type Layer, layers, ndarray } from "../../../src/index.js";
import { augmented } from "../../helpers/augmented.js";
import { readVectors } from "../../helpers/fixtures.js";
import type { Augmenting } from "./members.js";

interface Vector {
  readonly layer: Augmenting;
  readonly options: object;
  /** Of shear: which way it went. */
  readonly sign?: number;
  readonly shape: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const vectors = await readVectors<Vector>("keras-augmentation.json");
/** Seeds with which shear goes the one way and the other. */
const seeds = [1, 2, 3, 4, 5, 6];

it.each(vectors.map((vector) => [vector.layer, JSON.stringify(vector.options), vector] as const))(
  "%s of %s makes what Keras makes, within 1e-5",
  async (name, _, { options, sign, shape, x, y }) => {
    const image = ndarray(Float32Array.from(x), [1, ...shape]);
    const make = layers[name] as (options: object) => Layer;
    const distances = [];
    for (const seed of sign === undefined ? [1] : seeds) {
      const [result] = (await augmented([make(options)], image, { seed })) as [Float32Array];
      distances.push(result.reduce((most, value, i) => Math.max(most, Math.abs(value - (y[i] ?? Number.NaN))), 0));
    }
    expect(Math.min(...distances)).toBeLessThan(1e-5);
  },
);
