/** What is drawn, in MNIST's form. */
import { describe, expect, it } from "vitest";
import { rasterize, SIDE, type Stroke } from "../src/draw/rasterize.js";

const seven: Stroke[] = [
  [
    { x: 20, y: 30 },
    { x: 120, y: 30 },
    { x: 60, y: 230 },
  ],
];

describe("rasterize", () => {
  it("puts the centre of mass into the middle", () => {
    const pixels = rasterize(seven);
    const mass = pixels.reduce((sum, value) => sum + value, 0);
    const mean = (coordinate: (index: number) => number) =>
      pixels.reduce((sum, value, index) => sum + value * (coordinate(index) + 0.5), 0) / mass;
    expect(mean((index) => index % SIDE)).toBeCloseTo(14, 1);
    expect(mean((index) => Math.floor(index / SIDE))).toBeCloseTo(14, 1);
  });

  it("fits 20 x 20 pixels with the proportions kept", () => {
    const pixels = rasterize(seven);
    const inked = [...pixels.keys()].filter((index) => (pixels[index] ?? 0) > 0.5);
    const extent = (values: number[]) => Math.max(...values) - Math.min(...values) + 1;
    expect(extent(inked.map((index) => Math.floor(index / SIDE)))).toBe(20);
    expect(extent(inked.map((index) => index % SIDE))).toBeCloseTo(11, -0.5);
  });

  it("is the same wherever and however large somebody writes", () => {
    const larger = seven.map((stroke) => stroke.map(({ x, y }) => ({ x: 3 * x + 7, y: 3 * y - 40 })));
    const [a, b] = [rasterize(seven), rasterize(larger)];
    expect(Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0))))).toBeLessThan(1e-5);
  });

  it("is grey at the edges, black in the middle, and never more", () => {
    const pixels = rasterize(seven);
    expect(pixels.some((value) => value > 0.1 && value < 0.9)).toBe(true);
    expect(Math.max(...pixels)).toBe(1);
  });

  it("makes a dot of a dot, and nothing of nothing", () => {
    const dot = rasterize([[{ x: 200, y: 10 }]]);
    expect(dot[13 * SIDE + 13]).toBeGreaterThan(0.5);
    expect(dot.filter((value) => value > 0).length).toBeLessThanOrEqual(16);
    expect(Math.max(...rasterize([]))).toBe(0);
  });
});
