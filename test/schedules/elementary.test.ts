/** The host's own functions against the truth, from mpmath with 40 digits. */
import { describe, expect, it } from "vitest";
import { cosinePi, power } from "../../src/schedules/elementary.js";

const cosines = [
  [0, 1],
  [0.1, 0.9510565162951535],
  [0.2, 0.8090169943749475],
  [0.25, Math.SQRT1_2],
  [0.3, 0.5877852522924731],
  [0.45, 0.15643446504023084],
  [0.49, 0.03141075907812832],
  [0.5, 0],
  [0.51, -0.03141075907812832],
  [0.6, -0.30901699437494734],
  [0.75, -Math.SQRT1_2],
  [0.9, -0.9510565162951536],
  [0.999, -0.9999950652018582],
  [1, -1],
  [1.25, -Math.SQRT1_2],
  [1.5, 0],
  [1.75, Math.SQRT1_2],
  [2, 1],
  [2.3, 0.5877852522924736],
  [123.456, -0.1377902906846285],
  [-0.7, -0.587785252292473],
] as const;

const powers = [
  [0.96, 0.5, 0.9797958971132712],
  [0.96, 2.5, 0.9029798987795907],
  [0.96, 100.25, 0.016699024897163187],
  [0.5, 0.1, 0.9330329915368074],
  [0.5, 33.3, 9.455862412651036e-11],
  [2, 0.5, Math.SQRT2],
  [2, -0.5, Math.SQRT1_2],
  [10, -3.7, 0.00019952623149688788],
  [0.9, 1000.5, 1.6581762636519658e-46],
  [0.1, 0.333, 0.46451527522274944],
  [1.5, 1e-9, 1.0000000004054652],
  [3.7e-5, 0.25, 0.0779920670985083],
  [1e300, 0.9, 1.0000000000000154e270],
  [1e-300, 0.9, 9.999999999999847e-271],
  [5e-324, 0.1, 4.6706622762338734e-33],
  [7, -2, 0.02040816326530612],
  [0.999, 12345.678, 4.321729203048349e-6],
  [1, 0.3, 1],
] as const;

describe("cosinePi", () => {
  it.each(cosines)("of %d has absolute error < 2e-16", (turns, expected) => {
    expect(Math.abs(cosinePi(turns) - expected)).toBeLessThan(2e-16);
  });

  it("is even, and exact at its peaks and zeros", () => {
    for (let half = -8; half <= 8; half++) {
      expect(cosinePi(half / 2)).toBe([1, 0, -1, 0][Math.abs(half) % 4]);
    }
  });
});

describe("power", () => {
  it.each(powers)(
    "%d to the %d has relative error < 5e-16 for each unit of its logarithm",
    (base, exponent, expected) => {
      const size = 1 + Math.abs(Math.log(expected));
      expect(Math.abs(power(base, exponent) / expected - 1)).toBeLessThan(5e-16 * size);
    },
  );

  it.each([
    [0, 0, 1],
    [0, 2, 0],
    [0, 0.5, 0],
    [0, -0.5, Infinity],
    [-2, 3, -8],
    [-2, 0.5, NaN],
    [Infinity, 0.5, Infinity],
    [2, 1e6, Infinity],
    [2, -1e6, 0],
    [2, 10.5e6, Infinity],
    [0.5, 1e5, 0],
    [NaN, 0.5, NaN],
  ])("%d to the %d is %d", (base, exponent, expected) => {
    expect(power(base, exponent)).toBe(expected);
  });
});
