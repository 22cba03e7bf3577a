import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ndarray } from "../../src/arrays.js";
import { ShapeError } from "../../src/errors.js";
import { labelEncoder, oneHot } from "../../src/preprocessing/index.js";

describe("labelEncoder", () => {
  it("numbers strings by code unit", () => {
    const encoder = labelEncoder(["dog", "cat", "Zebra", "dog", "émeu"]);
    expect(encoder.classes).toEqual(["Zebra", "cat", "dog", "émeu"]);
    expect(encoder.encode(["dog", "Zebra"])).toEqual(ndarray(Int32Array.of(2, 0)));
    expect(encoder.decode([2, 0])).toEqual(["dog", "Zebra"]);
  });

  it("numbers numbers by value, from plain arrays, typed arrays and columns", () => {
    expect(labelEncoder([10, 9, -1, 9]).classes).toEqual([-1, 9, 10]);
    expect(labelEncoder(Uint8Array.of(7, 3)).classes).toEqual([3, 7]);
    expect(labelEncoder(ndarray(Float64Array.of(0.1, -0.5), [2, 1])).encode([0.1])).toEqual(ndarray(Int32Array.of(1)));
  });

  it("closes gaps for oneHot", () => {
    const encoder = labelEncoder([3, 30, 300]);
    expect(oneHot(encoder.encode([300, 3]), encoder.classes.length).data).toEqual(Float32Array.of(0, 0, 1, 1, 0, 0));
  });

  it("decodes what it encodes", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (values) => {
        const encoder = labelEncoder(values);
        expect(encoder.decode(encoder.encode(values))).toEqual(values);
      }),
      { seed: 2 },
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.double({ noNaN: true }).map((value) => value + 0),
          { minLength: 1 },
        ),
        (values) => {
          const encoder = labelEncoder(values);
          expect(encoder.decode(encoder.encode(values))).toEqual(values);
          expect([...encoder.classes]).toEqual([...new Set(values)].sort((a, b) => (a < b ? -1 : 1)));
        },
      ),
      { seed: 3 },
    );
  });

  it("names an unknown label and the known ones", () => {
    expect(() => labelEncoder(["cat", "dog"]).encode(["cat", "emu"])).toThrow(
      new RangeError('encode: "emu" at position 1 is none of the 2 known labels: "cat", "dog"'),
    );
    expect(() => labelEncoder([1, 2, 3, 4, 5, 6]).encode([7])).toThrow(
      new RangeError("encode: 7 at position 0 is none of the 6 known labels: 1, 2, 3, 4, 5, …"),
    );
  });

  it("refuses class numbers out of range", () => {
    const encoder = labelEncoder(["cat", "dog"]);
    for (const number of [2, -1, 0.5, Number.NaN]) {
      expect(() => encoder.decode([0, number])).toThrow(
        new RangeError(`decode: ${number} at position 1 is no class number; expected an integer from 0 to 1`),
      );
    }
    expect(() => encoder.decode([[0, 1]])).toThrow(new ShapeError("decode: expected shape [n] or [n, 1], got [1, 2]"));
  });

  it("refuses mixed kinds, other kinds, NaN and nothing", () => {
    expect(() => labelEncoder(["1", 1] as never)).toThrow(
      new TypeError('labelEncoder: labels must be all strings or all numbers, got "1" and, at position 1, 1'),
    );
    expect(() => labelEncoder([true] as never)).toThrow(
      new TypeError("labelEncoder: expected strings or numbers, got true at position 0"),
    );
    expect(() => labelEncoder([1, Number.NaN])).toThrow(new RangeError("labelEncoder: NaN at position 1 is no label"));
    expect(() => labelEncoder([])).toThrow(new RangeError("labelEncoder: expected at least one label, got none"));
    expect(() => labelEncoder("cat" as never)).toThrow(TypeError);
    expect(() => labelEncoder(ndarray(new Int8Array(4), [2, 2]))).toThrow(
      new ShapeError("labelEncoder: expected shape [n] or [n, 1], got [2, 2]"),
    );
  });
});
