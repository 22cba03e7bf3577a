/** What each layer that augments images makes of them, by hand and by the reference. */
import { describe, expect, it } from "vitest";
import { type Layer, layers, type NDArray, ndarray } from "../../../src/index.js";
import { expectSameBits } from "../../assembly/expect.js";
import { augmented } from "../../helpers/augmented.js";
import { tensor } from "../../helpers/data.js";
import * as reference from "../../reference.js";

const { augmentation } = reference;

/** 1 to 9, in lines of three. */
const nine = ndarray(
  Float32Array.from({ length: 9 }, (_, i) => i + 1),
  [1, 3, 3],
);

/** What a layer makes of the one image, line by line. */
async function lines(layer: Layer, image: NDArray = nine): Promise<number[][]> {
  const [, height = 0, width = 0] = image.shape;
  const [result] = (await augmented([layer], image)) as [Float32Array];
  return Array.from({ length: height }, (_, row) => [...result.subarray(row * width, (row + 1) * width)]);
}

/** Numbers drawn for a layer behind another, in the first batch. */
function drawn(seed: number, low: number[], high: number[], rows: number): Float32Array {
  const stream = { seedLow: seed, seedHigh: 0, stream: 0x10001, step: 1 };
  const columns = Math.ceil(low.length / 4) * 4;
  const padded = (values: number[]) => Float32Array.from({ length: columns }, (_, j) => values[j] ?? 0);
  return reference.randomUniformRows(padded(low), padded(high), stream, 0, rows);
}

describe("translation", () => {
  it("by whole pixels is exact: down and to the right where factors are positive", async () => {
    const third = 1 / 3;
    const by = (heightFactor: [number, number], widthFactor: [number, number]): Promise<number[][]> =>
      lines(layers.randomTranslation({ heightFactor, widthFactor, fillMode: "constant" }));
    expect(await by([third, third], [0, 0])).toEqual([
      [0, 0, 0],
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(await by([0, 0], [-third, -third])).toEqual([
      [2, 3, 0],
      [5, 6, 0],
      [8, 9, 0],
    ]);
  });

  it("draws every move within its bounds alike, and each image's on its own", async () => {
    const images = 256;
    const plane = Float32Array.from({ length: images * 16 }, (_, i) => i % 16);
    const layer = layers.randomTranslation({ heightFactor: 0, widthFactor: [-0.25, 0.125], fillMode: "wrap" });
    const shown = await augmented([layer], ndarray(plane, [images, 1, 16]));
    // The middle of a plane that rises to the right, 16 wide, tells where it came from
    const moves = shown.map((image) => (8 - (image[8] ?? 0)) / 16);
    expect(Math.min(...moves)).toBeGreaterThanOrEqual(-0.25);
    expect(Math.max(...moves)).toBeLessThanOrEqual(0.125);
    const mean = moves.reduce((sum, move) => sum + move, 0) / images;
    expect(Math.abs(mean + 0.0625)).toBeLessThan((4 * 0.375) / Math.sqrt(12 * images));
    expect(new Set(moves).size).toBeGreaterThan(images - 3);
  });
});

it("rotation by a quarter turns counter-clockwise, exactly", async () => {
  expect(await lines(layers.randomRotation({ factor: [0.25, 0.25] }))).toEqual([
    [3, 6, 9],
    [2, 5, 8],
    [1, 4, 7],
  ]);
  expect(await lines(layers.randomRotation({ factor: [-0.5, -0.5], interpolation: "nearest" }))).toEqual([
    [9, 8, 7],
    [6, 5, 4],
    [3, 2, 1],
  ]);
});

it("zoom by 1 shows twice as much, by -1/2 half as much", async () => {
  const out = layers.randomZoom({ heightFactor: [1, 1], fillMode: "constant" });
  expect(await lines(out)).toEqual([
    [0, 0, 0],
    [0, 5, 0],
    [0, 0, 0],
  ]);
  expect(await lines(layers.randomZoom({ heightFactor: [0, 0], widthFactor: [-0.5, -0.5] }))).toEqual([
    [1.5, 2, 2.5],
    [4.5, 5, 5.5],
    [7.5, 8, 8.5],
  ]);
});

it("shear moves rows by their distance from the top, one way or the other", async () => {
  const layer = layers.randomShear({ xFactor: [1, 1], fillMode: "wrap" });
  const ways = [
    [
      [1, 2, 3],
      [5, 6, 4],
      [9, 7, 8],
    ],
    [
      [1, 2, 3],
      [6, 4, 5],
      [8, 9, 7],
    ],
  ];
  expect(ways).toContainEqual(await lines(layer));
  const shown = await augmented(
    [layer],
    ndarray(
      new Float32Array(64 * 9).map((_, i) => (i % 9) + 1),
      [64, 3, 3],
    ),
  );
  expect(new Set(shown.map((image) => image.join()))).toEqual(new Set(ways.map((way) => way.flat().join())));
});

it("affine does what turning, zooming and moving do, at once", async () => {
  const turned = layers.randomAffine({ rotation: [0.25, 0.25], fillMode: "constant" });
  expect(await lines(turned)).toEqual(await lines(layers.randomRotation({ factor: [0.25, 0.25] })));
  const moved = layers.randomAffine({ rotation: [0.5, 0.5], widthFactor: [1 / 3, 1 / 3], fillMode: "wrap" });
  expect(await lines(moved)).toEqual([
    [7, 9, 8],
    [4, 6, 5],
    [1, 3, 2],
  ]);
  const stretched = layers.randomAffine({ zoom: [-0.5, -0.5], stretch: [1, 1] });
  expect(await lines(stretched)).toEqual([
    [2.5, 3.5, 4.5],
    [4, 5, 6],
    [5.5, 6.5, 7.5],
  ]);
});

it("brightness adds a share of the value range, and stays in it", async () => {
  const layer = layers.randomBrightness({ factor: [0.5, 0.5], valueRange: [10, 0] });
  expect((await lines(layer)).flat()).toEqual([6, 7, 8, 9, 10, 10, 10, 10, 10]);
  const bright = layers.randomBrightness({ factor: [1, 1] });
  expect(new Set((await lines(bright)).flat())).toEqual(new Set([255]));
});

it("contrast goes away from the mean of each channel", async () => {
  const channels = ndarray(Float32Array.of(1, 10, 2, 20, 3, 60), [1, 1, 3, 2]);
  const [image] = await augmented([layers.randomContrast({ factor: [1, 1], valueRange: [0, 50] })], channels);
  const factor = drawn(1, [0], [2], 1)[0] as number;
  const adjusted = augmentation.adjustContrast(channels.data, factor, 2);
  expectSameBits(image as Float32Array, reference.clip(adjusted, 0, 50));
});

it("contrast of a number is only raised, as Keras does", async () => {
  const images = 64;
  const x = ndarray(
    Float32Array.from({ length: images * 2 }, (_, i) => (i % 2 ? 1 : -1)),
    [images, 1, 2],
  );
  const shown = await augmented([layers.randomContrast({ factor: 0.5, valueRange: [-9, 9] })], x);
  const factors = shown.map((image) => image[1] as number);
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...factors)).toBeLessThan(1.5);
  expect(Math.max(...factors)).toBeGreaterThan(1.4);
});

describe("erasing", () => {
  const size = { height: 6, width: 5, channels: 3 };
  const x = tensor([8, 6, 5, 3], 3);

  it("fills rectangles with a number, or one for each channel, within the value range", async () => {
    for (const fillValue of [0.25, [0.25, 2, -1]] as const) {
      const layer = layers.randomErasing({ factor: [0.3, 1], scale: [0.1, 0.6], fillValue, valueRange: [-0.5, 1] });
      const table = drawn(1, [0.1, 0.1, 0, 0, 0.3, 0], [0.6, 0.6, 1, 1, 1, 1], 8);
      const fill = Float32Array.from({ length: 90 }, (_, i) =>
        typeof fillValue === "number" ? fillValue : ([0.25, 1, -0.5][i % 3] as number),
      );
      for (const [row, image] of (await augmented([layer], x)).entries()) {
        const given = x.data.slice(row * 90, (row + 1) * 90);
        const draws = table.subarray(row * 8, row * 8 + 6);
        expectSameBits(image, augmentation.eraseRectangle(given, fill, draws, size));
      }
    }
  });

  it("fills them with noise by default", async () => {
    const images = tensor([4, 40, 40], 3);
    const shown = await augmented(
      [layers.randomErasing({ factor: [1, 1], scale: [1, 1], valueRange: [-100, 2] })],
      images,
    );
    const noise = shown.flatMap((image) => [...image]);
    expect(Math.max(...noise)).toBe(2);
    // Of a normal distribution, 0.8413 lie below one deviation, and half below its mean
    expect(Math.abs(noise.filter((value) => value < 2).length / noise.length - 0.8413)).toBeLessThan(0.02);
    expect(Math.abs(noise.filter((value) => value < 0).length / noise.length - 0.5)).toBeLessThan(0.03);
  });

  it("leaves as many images whole as its factor says", async () => {
    const images = tensor([256, 4, 4], 3);
    const layer = layers.randomErasing({ factor: [0.25, 0.25], scale: [1, 1], fillValue: 0 });
    const erased = (await augmented([layer], images)).filter((image) => image.every((value) => value === 0)).length;
    expect(Math.abs(erased / 256 - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 256));
  });
});

describe("elastic transform", () => {
  it("equals the reference, of a strength that is drawn for the batch", async () => {
    const size = { height: 9, width: 12, channels: 1 };
    const x = tensor([4, 9, 12], 3);
    const layer = layers.randomElasticTransform({ factor: [0.4, 0.9], scale: [1, 2], valueRange: [-0.6, 0.7] });
    const table = drawn(1, [0.4, 0], [0.9, 1], 4);
    const key = { seedLow: 1, seedHigh: 0, step: 1 };
    const [strength] = reference.randomUniform(1, 2, { ...key, stream: 0x50001 }, 1) as unknown as [number];
    const how = { rounded: false, fillMode: "reflect", fillValue: 0 } as const;
    for (const [row, image] of (await augmented([layer], x)).entries()) {
      const given = x.data.slice(row * 108, (row + 1) * 108);
      const moved = (table[row * 4 + 1] as number) < (table[row * 4] as number);
      const stream = { ...key, stream: 0x40001, row };
      const expected = moved ? augmentation.elasticTransform(given, strength, stream, size, how) : given;
      expectSameBits(image, reference.clip(expected, -0.6, 0.7));
    }
  });

  it("smooths as much as it is told", async () => {
    const size = { height: 9, width: 12, channels: 1 };
    const x = tensor([1, 9, 12], 3);
    const [image] = await augmented(
      [layers.randomElasticTransform({ factor: [1, 1], scale: [1, 1], smoothness: 0.2, valueRange: [-9, 9] })],
      x,
    );
    const stream = { seedLow: 1, seedHigh: 0, step: 1, stream: 0x40001, row: 0 };
    const how = { rounded: false, fillMode: "reflect", fillValue: 0 } as const;
    const expected = augmentation.elasticTransform(x.data as Float32Array, 1, stream, size, how, 0.2);
    expectSameBits(image as Float32Array, expected);
  });

  it.each([{ factor: 0 }, { scale: 0 }])("of %j does nothing, not even keep to the value range", async (options) => {
    const [image] = await augmented([layers.randomElasticTransform({ ...options, valueRange: [0, 1] })], nine);
    expectSameBits(image as Float32Array, nine.data as Float32Array);
  });
});

it.each([
  layers.randomAffine(),
  layers.randomTranslation({ heightFactor: 0, widthFactor: 0 }),
  layers.randomRotation({ factor: 0 }),
  layers.randomZoom({ heightFactor: 0, widthFactor: 0 }),
  layers.randomShear({}),
  layers.randomErasing({ factor: 0 }),
  layers.randomContrast({ factor: 0 }),
  layers.randomBrightness({ factor: 0 }),
])("$className of 0 leaves images as they are", async (layer) => {
  const x = tensor([2, 5, 4, 3], 1).data.map((value) => 127 + 100 * value);
  const shown = await augmented([layer], ndarray(x, [2, 5, 4, 3]));
  for (const [row, image] of shown.entries()) {
    const given = x.slice(row * 60, (row + 1) * 60);
    if (layer.className === "RandomContrast")
      expect(Math.max(...image.map((v, i) => v - (given[i] ?? 0)))).toBeLessThan(1e-4);
    else expectSameBits(image, given);
  }
});
