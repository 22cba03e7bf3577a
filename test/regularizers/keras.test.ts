/** Regularizers and constraints against the numbers in Keras's own tests. */
import { describe, expect, it } from "vitest";
import { constraints, type NDArray, regularizers } from "../../src/index.js";
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

describe("against Keras", () => {
  it.each(readVectors<Vector>("keras-regularizers-constraints.json"))("$name $config in $test", (vector) => {
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
});
