import { describe, expect, it } from "vitest";
import * as reference from "../reference.js";
import { expectEqual } from "./expect.js";
import { builds, instantiate, type Region, type Space } from "./harness.js";
import { correlation, deviation, mean } from "./statistics.js";

type Stream = reference.Stream;

const lengths = [0, 1, 15, 16, 17, 33, 1027];
const many = 100_000;
const zero: Stream = { seedLow: 0, seedHigh: 0, stream: 0, step: 0 };
const streams: readonly Stream[] = [
  zero,
  { seedLow: 7, seedHigh: 0, stream: 3, step: 1 },
  { seedLow: 0x89abcdef, seedHigh: 0x01234567, stream: 0x80000000, step: 0xffffffff },
  { seedLow: 0xffffffff, seedHigh: 0xffffffff, stream: 0xffffffff, step: 0x80000001 },
];
/** Streams whose word at the index is one of the 256 largest, and one of the 256 smallest. */
const withLargest = { ...zero, step: 921_823, index: 2 };
const withSmallest = { ...zero, step: 372_860, index: 3 };

describe("the reference's Philox4x32-10", () => {
  // Salmon, Moraes, Dror, Shaw: Random123, kat_vectors
  const [ones, pi] = [0xffffffff, [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const];
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [ones, ones, ones, ones],
      [ones, ones],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [pi, [0xa4093822, 0x299f31d0], [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]],
  ] as const)("gives Random123's known answer for counter %j and key %j", (counter, key, answer) => {
    expect(reference.philox(counter, key)).toEqual(answer);
  });
});

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);
  const bits = (stream: Stream, n: number): Uint32Array => {
    const space = empty();
    const out = output(space, n);
    space.call("randomBits", out, ...words(stream), stream.row ?? 0, n);
    return out.words();
  };
  const uniform = (low: number, high: number, stream: Stream, n: number): Float32Array => {
    const space = empty();
    const out = output(space, n);
    space.call("randomUniform", out, low, high, ...words(stream), n);
    return out.floats();
  };
  const normal = (center: number, spread: number, stream: Stream, n: number): Float32Array => {
    const space = empty();
    const out = output(space, n);
    space.call("randomNormal", out, center, spread, ...words(stream), stream.row ?? 0, n);
    return out.floats();
  };
  const truncatedNormal = (center: number, spread: number, stream: Stream, n: number): Float32Array => {
    const space = empty();
    const out = output(space, n);
    space.call("randomTruncatedNormal", out, center, spread, ...words(stream), n);
    return out.floats();
  };

  describe("randomBits", () => {
    it("gives Random123's known answer for counter and key 0", () => {
      expect([...bits(zero, 4)]).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    });

    it.each(lengths)("equals the reference for %i words", (n) => {
      for (const stream of [...streams, { ...zero, row: 5 }]) {
        expect(bits(stream, n)).toEqual(reference.randomBits(stream, n));
      }
    });

    it("makes a stream's beginning the same, however long it is", () => {
      for (const n of [1, 16, 50]) expect(bits(zero, n)).toEqual(bits(zero, 1000).subarray(0, n));
    });
  });

  describe("randomUniformRows", () => {
    const low = [0, -1, 0.5, -0.3, 7, 0, 1, 2];
    const high = [1, 1, 0.5, 0.7, 8, 1, 1.5, 1];
    const uniformRows = (columns: number, stream: Stream, firstRow: number, rows: number): Float32Array => {
      const space = empty();
      const out = space.output({ rows, width: columns });
      const bounds = space.input(Float32Array.of(...low.slice(0, columns), ...high.slice(0, columns)));
      space.call("randomUniformRows", out, bounds, firstRow, rows, columns, ...words(stream));
      return out.floats();
    };

    it.each([4, 8])("equals the reference for rows of %i numbers, each with its own range", (columns) => {
      for (const stream of streams) {
        for (const [firstRow, rows] of [
          [0, 0],
          [0, 1],
          [3, 7],
        ] as const) {
          const [from, to] = [low.slice(0, columns), high.slice(0, columns)];
          const expected = reference.randomUniformRows(from, to, stream, firstRow, rows);
          expectEqual(build, uniformRows(columns, stream, firstRow, rows), expected, 1e-6);
        }
      }
    });

    it("is even in each column, and uncorrelated between rows, columns and steps, within 4 deviations", () => {
      const all = uniformRows(4, zero, 0, 10_000);
      const column = (j: number): Float32Array => all.filter((_, i) => i % 4 === j);
      for (const [j, center, spread] of [
        [0, 0.5, 1],
        [1, 0, 2],
        [3, 0.2, 1],
      ] as const) {
        const values = column(j);
        expect(Math.abs(mean(values) - center)).toBeLessThan((4 * spread) / Math.sqrt(12 * 10_000));
        expect(Math.min(...values)).toBeGreaterThanOrEqual(center - spread / 2);
        expect(Math.max(...values)).toBeLessThan(center + spread / 2);
        const counts = new Uint32Array(100);
        for (const value of values) count(counts, Math.floor(100 * ((value - center) / spread + 0.5)));
        expect(chiSquare(counts)).toBeLessThan(156);
      }
      const later = uniformRows(4, { ...zero, step: 1 }, 0, 10_000).filter((_, i) => i % 4 === 0);
      for (const other of [column(1), later, column(0).map((_, i, values) => values[(i + 1) % 10_000] as number)]) {
        expect(Math.abs(correlation(column(0), other))).toBeLessThan(0.04);
      }
    });
  });

  describe("randomUniform", () => {
    it.each(lengths)("equals the reference for %i numbers", (n) => {
      for (const stream of streams) {
        expectEqual(build, uniform(-0.3, 0.7, stream, n), reference.randomUniform(-0.3, 0.7, stream, n), 1e-6);
      }
    });

    it("stays in [low, high) from 0 and around 0, and reaches high elsewhere only by rounding", () => {
      const [largest, smallest] = [withLargest.index, withSmallest.index];
      for (const [low, high] of [
        [0, 1],
        [0, 3],
        [-1, 1],
        [-0.3, 0.3],
        [-0.0771, 0.0771],
      ] as const) {
        expect(uniform(low, high, withLargest, 16)[largest]).toBeLessThan(Math.fround(high));
        expect(uniform(low, high, withSmallest, 16)[smallest]).toBe(Math.fround(low));
      }
      expect(uniform(1, 2, withLargest, 16)[largest]).toBe(2);
    });

    it("has mean 1/2 and deviation √(1/12), within 4 deviations of their estimates", () => {
      const numbers = uniform(0, 1, zero, many);
      expect(Math.abs(mean(numbers) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / many));
      expect(Math.abs(deviation(numbers) - Math.sqrt(1 / 12))).toBeLessThan(4 * Math.sqrt(1 / 60 / many));
    });

    it("fills 100 equal parts evenly: chi-square with 99 degrees of freedom below 156", () => {
      const counts = new Uint32Array(100);
      for (const number of uniform(0, 1, zero, many)) count(counts, Math.floor(100 * number));
      expect(chiSquare(counts)).toBeLessThan(156);
    });

    it("is uncorrelated between streams, steps, seeds and neighbours, within 4 deviations", () => {
      const numbers = uniform(0, 1, zero, many);
      for (const other of [{ stream: 1 }, { step: 1 }, { seedLow: 1 }, { seedHigh: 1 }]) {
        const others = uniform(0, 1, { ...zero, ...other }, many);
        expect(Math.abs(correlation(numbers, others))).toBeLessThan(4 / Math.sqrt(many));
      }
      for (const lag of [1, 2, 4, 16]) {
        expect(Math.abs(correlation(numbers.subarray(lag), numbers.subarray(0, -lag)))).toBeLessThan(
          4 / Math.sqrt(many),
        );
      }
    });
  });

  describe("randomTruncatedNormal", () => {
    it.each(lengths)("equals the reference for %i numbers", (n) => {
      for (const stream of streams) {
        const expected = reference.randomTruncatedNormal(0.5, 0.05, stream, n);
        expectEqual(build, truncatedNormal(0.5, 0.05, stream, n), expected, 1e-6);
      }
    });

    it("has its mean and 0.87962566 of its deviation, within 4 deviations of their estimates", () => {
      const numbers = truncatedNormal(3, 0.5, zero, many);
      const expected = 0.87962566 * 0.5;
      expect(Math.abs(mean(numbers) - 3)).toBeLessThan((4 * expected) / Math.sqrt(many));
      expect(Math.abs(deviation(numbers) - expected)).toBeLessThan((4 * expected) / Math.sqrt(2 * many));
    });

    it("keeps two thirds of its numbers within one deviation: (2Φ(1) - 1) / (2Φ(2) - 1), within 4 deviations", () => {
      const near = truncatedNormal(0, 1, zero, many).filter((number) => Math.abs(number) < 1).length / many;
      const expected = 0.6826894921 / 0.9544997361;
      expect(Math.abs(near - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / many));
    });

    it("ends at two deviations, within 2e-6, and not beyond, for the largest and the smallest word", () => {
      for (const { index, sign, ...stream } of [
        { ...withLargest, sign: 1 },
        { ...withSmallest, sign: -1 },
      ]) {
        const magnitude = sign * (truncatedNormal(0, 1, stream, 16)[index] as number);
        expect(magnitude).toBeLessThanOrEqual(2);
        expect(magnitude).toBeGreaterThan(2 - 2e-6);
      }
    });
  });

  describe("randomNormal", () => {
    it.each(lengths)("equals the reference for %i numbers", (n) => {
      for (const stream of [...streams, { ...zero, row: 5 }]) {
        expectEqual(build, normal(0.5, 0.05, stream, n), reference.randomNormal(0.5, 0.05, stream, n), 1e-6);
      }
    });

    it("has its mean and deviation, no skew, and kurtosis 3, within 4 deviations of their estimates", () => {
      const numbers = normal(3, 0.5, zero, many);
      expect(Math.abs(mean(numbers) - 3)).toBeLessThan((4 * 0.5) / Math.sqrt(many));
      expect(Math.abs(deviation(numbers) - 0.5)).toBeLessThan((4 * 0.5) / Math.sqrt(2 * many));
      const moment = (power: number) => mean(numbers.map((number) => ((number - 3) / 0.5) ** power));
      expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / many));
      expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / many));
    });

    it.each([
      [1, 0.6826894921],
      [2, 0.9544997361],
      [3, 0.9973002039],
      [4, 0.9999366575],
    ])("keeps as many numbers within %i deviations as it should, within 4 deviations of the count", (limit, share) => {
      const near = normal(0, 1, zero, many).filter((number) => Math.abs(number) < limit).length;
      expect(Math.abs(near - share * many)).toBeLessThan(4 * Math.sqrt(many * share * (1 - share)));
      expect(near).toBeLessThan(many);
    });

    it("reaches 5.4 deviations, for the largest and the smallest word", () => {
      expect(normal(0, 1, withLargest, 16)[withLargest.index]).toBeCloseTo(5.42, 2);
      expect(normal(0, 1, withSmallest, 16)[withSmallest.index]).toBeCloseTo(-5.42, 2);
    });

    it("makes other numbers for other streams, steps, seeds and rows, uncorrelated within 4 deviations", () => {
      const numbers = normal(0, 1, zero, many);
      for (const other of [{ stream: 1 }, { step: 1 }, { seedLow: 1 }, { seedHigh: 1 }, { row: 1 }]) {
        const others = normal(0, 1, { ...zero, ...other }, many);
        expect(Math.abs(correlation(numbers, others))).toBeLessThan(4 / Math.sqrt(many));
      }
    });
  });

  describe("shuffle", () => {
    const shuffled = (rowNumbers: Uint32Array, stream: Stream): Uint32Array => {
      const space = empty();
      const region = space.inout(rowNumbers, { rows: 1, width: rowNumbers.length, pad: 1 });
      space.call("shuffle", region, output(space, rowNumbers.length), ...words(stream), rowNumbers.length);
      return region.words();
    };

    it.each([0, 1, 2, 3, 16, 17, 1027])("equals the reference on %i row numbers, and loses none", (n) => {
      const rowNumbers = Uint32Array.from({ length: n }, (_, i) => 3 * i + 5);
      for (const stream of streams) {
        const expected = Uint32Array.from(rowNumbers);
        reference.shuffle(expected, stream);
        const actual = shuffled(rowNumbers, stream);
        expect(actual).toEqual(expected);
        expect(actual.sort()).toEqual(rowNumbers);
      }
    });

    it("makes all 24 orders of 4 equally often: chi-square with 23 degrees of freedom below 55", () => {
      const counts = new Map<string, number>();
      for (let step = 0; step < 2400; step++) {
        const order = shuffled(Uint32Array.of(0, 1, 2, 3), { ...zero, step }).join();
        counts.set(order, (counts.get(order) ?? 0) + 1);
      }
      expect(counts.size).toBe(24);
      expect(chiSquare([...counts.values()])).toBeLessThan(55);
    });
  });
});

/** Room for n words of a stream. */
function output(space: Space, n: number): Region {
  return space.output({ rows: 1, width: n, pad: 16 });
}

function words({ seedLow, seedHigh, stream, step }: Stream): number[] {
  return [seedLow, seedHigh, stream, step];
}

function count(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] as number) + 1;
}

/** Of counts that should all be the same. */
function chiSquare(counts: ArrayLike<number>): number {
  const expected = mean(counts);
  return Array.from(counts).reduce((total, observed) => total + (observed - expected) ** 2 / expected, 0);
}
