import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkSeed,
  type PhiloxCounter,
  type PhiloxKey,
  philox,
  randomIntegers,
  shuffle,
  uint32At,
} from "../src/random.js";

describe("philox", () => {
  // The known answers of Random123, tests/kat_vectors, philox4x32 with 10 rounds.
  const vectors: [PhiloxCounter, PhiloxKey, number[]][] = [
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ];

  it.each(vectors)("gives the words of Random123 for the counter %j and the key %j", (counter, key, words) => {
    expect([...philox(counter, key)]).toEqual(words);
  });

  it("writes into the array it is given", () => {
    const out = new Uint32Array(4);
    expect(philox([0, 0, 0, 0], [0, 0], out)).toBe(out);
    expect(out[3]).toBe(0x9b00dbd8);
  });
});

describe("uint32At", () => {
  it("is word index & 3 of block index >>> 2, under the seed's two halves", () => {
    const seed = 5 * 2 ** 32 + 0xfedcba98;
    for (const index of [0, 1, 2, 3, 4, 4_000_000_003]) {
      const words = philox([index >>> 2, 9, 3, 0], [0xfedcba98, 5]);
      expect(uint32At(seed, 3, 9, index)).toBe(words[index & 3]);
    }
  });
});

describe("randomIntegers", () => {
  it("is floor(u32 · bound / 2^32) exactly, for every bound", () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.nat(0xffffffff),
        fc.array(fc.integer({ min: 1, max: 0xffffffff }), { minLength: 1, maxLength: 12 }),
        (seed, stream, bounds) => {
          const integers = randomIntegers(seed, stream);
          bounds.forEach((bound, index) => {
            const exact = (BigInt(uint32At(seed, stream, 0, index)) * BigInt(bound)) >> 32n;
            expect(integers.next(bound)).toBe(Number(exact));
          });
        },
      ),
      { seed: 1 },
    );
  });

  it("draws different numbers for another step", () => {
    const draw = (step: number) => Array.from({ length: 8 }, () => randomIntegers(1, 2, step).next(2 ** 31));
    expect(draw(0)).not.toEqual(draw(1));
  });
});

describe("shuffle", () => {
  it("keeps what it shuffles, in place", () => {
    const values = Uint32Array.from({ length: 1000 }, (_, i) => i);
    expect(shuffle(values, 3, 0)).toBe(values);
    expect([...values]).not.toEqual([...values].sort((a, b) => a - b));
    expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  it("is Fisher-Yates from the last element down", () => {
    const [two, one] = [uint32At(11, 4, 0, 0), uint32At(11, 4, 0, 1)].map((word, i) =>
      Math.floor((word * (3 - i)) / 2 ** 32),
    );
    const expected = ["a", "b", "c"];
    for (const [i, j] of [
      [2, two],
      [1, one],
    ] as [number, number][]) {
      [expected[i], expected[j]] = [expected[j] as string, expected[i] as string];
    }
    const order = shuffle([0, 1, 2], 11, 4);
    expect(order.map((i) => "abc"[i])).toEqual(expected);
  });

  it("gives each of the 6 orders of 3 elements between 900 and 1100 times in 6000", () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = shuffle([0, 1, 2], seed, 0).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(100);
  });

  it("leaves arrays of 0 and 1 alone", () => {
    expect(shuffle([], 0, 0)).toEqual([]);
    expect(shuffle([7], 0, 0)).toEqual([7]);
  });
});

describe("checkSeed", () => {
  it("returns integers from 0 to 2^53 - 1", () => {
    for (const seed of [0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) expect(checkSeed(seed)).toBe(seed);
  });

  it("refuses everything else", () => {
    for (const seed of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => checkSeed(seed)).toThrow(
        new RangeError(`seed: expected an integer from 0 to 2^53 - 1, got ${seed}`),
      );
    }
    expect(() => checkSeed("7", "fit: seed")).toThrow(new TypeError('fit: seed: expected a number, got "7"'));
  });
});
