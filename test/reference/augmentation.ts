/** Changing images, point by point: where each comes from, and what is found there. */
import { expNegative, log, sineOfTurns } from "./elementary.js";
import { add, divide, larger, multiply, round, smaller, squareRoot, subtract, sum } from "./float.js";
import { randomBits, type Stream, unitInterval } from "./random.js";

/** Pixel (x, y) of channel c stands at data[(y · width + x) · channels + c]. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** u = a0 · x + a1 · y + a2, v = b0 · x + b1 · y + b2. */
export type Matrix = readonly [a0: number, a1: number, a2: number, b0: number, b1: number, b2: number];

export const fillModes = ["constant", "nearest", "reflect", "wrap"] as const;
export type FillMode = (typeof fillModes)[number];

export interface Resampling {
  readonly rounded: boolean;
  readonly fillMode: FillMode;
  readonly fillValue: number;
}

export function translationMatrix(
  [down, right]: ArrayLike<number> & Iterable<number>,
  { height, width }: ImageSize,
): Matrix {
  return [1, 0, -multiply(right as number, width), 0, 1, -multiply(down as number, height)];
}

export function rotationMatrix([turns]: Iterable<number>, { height, width }: ImageSize): Matrix {
  const [x, y] = [multiply(width - 1, 0.5), multiply(height - 1, 0.5)];
  const [sine, cosine] = [sineOfTurns(turns as number, 0), sineOfTurns(turns as number, 1)];
  const right = add(subtract(x, multiply(x, cosine)), multiply(y, sine));
  const down = subtract(subtract(y, multiply(x, sine)), multiply(y, cosine));
  return [cosine, -sine, right, sine, cosine, down];
}

export function zoomMatrix(
  [down, across]: Iterable<number>,
  { height, width }: ImageSize,
  keepsRatio: boolean,
): Matrix {
  const [v, u] = [down as number, (keepsRatio ? down : across) as number];
  const [x, y] = [multiply(width - 1, 0.5), multiply(height - 1, 0.5)];
  return [u, 0, multiply(x, subtract(1, u)), 0, v, multiply(y, subtract(1, v))];
}

export function shearMatrix([x, y, coin]: Iterable<number>): Matrix {
  const sign = (coin as number) > 0.5 ? -1 : 1;
  return [1, (x as number) * sign, 0, (y as number) * sign, 1, 0];
}

export function affineMatrix([turns, zoom, stretch, slope, height, width]: Iterable<number>, size: ImageSize): Matrix {
  const [cosine, minusSine, , sine] = rotationMatrix([turns as number], size);
  const right = multiply(zoom as number, stretch as number);
  const slant = multiply(slope as number, zoom as number);
  const [a0, a1] = [multiply(cosine, right), add(multiply(cosine, slant), multiply(minusSine, zoom as number))];
  const [b0, b1] = [multiply(sine, right), add(multiply(sine, slant), multiply(cosine, zoom as number))];
  const [middleX, middleY] = [(size.width - 1) / 2, (size.height - 1) / 2];
  const x = add(middleX, multiply(width as number, size.width));
  const y = add(middleY, multiply(height as number, size.height));
  const from = (middle: number, a: number, b: number) => add(middle, -add(multiply(a, x), multiply(b, y)));
  return [a0, a1, from(middleX, a0, a1), b0, b1, from(middleY, b0, b1)];
}

export function resampleAffine(image: Float32Array, matrix: Matrix, size: ImageSize, how: Resampling): Float32Array {
  const [a0, a1, a2, b0, b1, b2] = matrix;
  return resample(image, size, how, (x, y) => [
    add(add(multiply(a0, x), multiply(a1, y)), a2),
    add(add(multiply(b0, x), multiply(b1, y)), b2),
  ]);
}

export function elasticTransform(
  image: Float32Array,
  strength: number,
  stream: Stream,
  size: ImageSize,
  how: Resampling,
  smoothness = multiply(round(0.05), round(strength)),
): Float32Array {
  const { height, width } = size;
  const f = round(strength);
  const alpha = multiply(Math.max(height, width), multiply(round(0.1), f));
  const sigma = multiply(Math.min(height, width), round(smoothness));
  const weights = gaussian(sigma, Math.trunc(multiply(6, sigma)) | 1);
  const pixels = Math.ceil((height * width) / 4) * 4;
  const words = randomBits(stream, 2 * pixels);
  const noise = [1, 0].map((quarters) =>
    Float32Array.from({ length: height * width }, (_, i) => {
      const logarithm = log(add(unitInterval(words[i] as number), 0.5 / 2 ** 24));
      const distance = multiply(sigma, squareRoot(multiply(-2, logarithm)));
      return multiply(distance, sineOfTurns(unitInterval(words[pixels + i] as number), quarters));
    }),
  );
  const [u, v] = noise.map((field) => smooth(field, weights, size)) as [Float32Array, Float32Array];
  return resample(image, size, how, (x, y) => [
    add(x, multiply(alpha, u[y * width + x] as number)),
    add(y, multiply(alpha, v[y * width + x] as number)),
  ]);
}

/** draws: the squares of the shares of width and height, the shares of the rest before it, probability, threshold. */
export function eraseRectangle(
  image: Float32Array,
  fill: Float32Array,
  draws: ArrayLike<number>,
  { height, width, channels }: ImageSize,
): Float32Array {
  const [across, down, toLeft, toTop, probability, threshold] = Array.from(draws) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (threshold >= probability) return image.slice();
  const [w, h] = [multiply(squareRoot(across), width), multiply(squareRoot(down), height)];
  const [left, top] = [multiply(toLeft, subtract(width, w)), multiply(toTop, subtract(height, h))];
  return image.map((value, i) => {
    const [x, y] = [Math.floor(i / channels) % width, Math.floor(i / channels / width)];
    return x >= left && x < add(left, w) && y >= top && y < add(top, h) ? (fill[i] as number) : value;
  });
}

export function adjustBrightness(image: Float32Array, draw: number, range: number): Float32Array {
  const delta = multiply(draw, round(range));
  return image.map((value) => add(value, delta));
}

export function adjustContrast(image: Float32Array, draw: number, channels: number): Float32Array {
  const totals = new Float32Array(channels);
  image.forEach((value, i) => {
    totals[i % channels] = add(totals[i % channels] as number, value);
  });
  const means = totals.map((total) => divide(total, image.length / channels));
  return image.map((value, i) => {
    const mean = means[i % channels] as number;
    return add(multiply(subtract(value, mean), draw), mean);
  });
}

/** The image at the points that `from` names for each pixel. */
function resample(
  image: Float32Array,
  { height, width, channels }: ImageSize,
  { rounded, fillMode, fillValue }: Resampling,
  from: (x: number, y: number) => readonly [u: number, v: number],
): Float32Array {
  const pixel = (x: number, y: number, c: number): number => {
    const [column, row] = fillMode === "wrap" ? [x % width, y % height] : [x, y];
    const inside = column >= 0 && column < width && row >= 0 && row < height;
    return inside ? (image[(row * width + column) * channels + c] as number) : round(fillValue);
  };
  return image.map((_, i) => {
    const [x, y] = [Math.floor(i / channels) % width, Math.floor(i / channels / width)];
    const [u, v] = from(x, y);
    const [column, row] = [fold(u, width, rounded, fillMode), fold(v, height, rounded, fillMode)];
    const [left, top] = [Math.floor(column), Math.floor(row)];
    const between = (a: number, b: number, share: number): number =>
      add(multiply(a, subtract(1, share)), multiply(b, share));
    const [upper, lower] = [top, top + 1].map((line) =>
      between(pixel(left, line, i % channels), pixel(left + 1, line, i % channels), subtract(column, left)),
    ) as [number, number];
    return between(upper, lower, subtract(row, top));
  });
}

/** A point of an axis, brought to where the image has one like it. */
function fold(point: number, size: number, rounded: boolean, fillMode: FillMode): number {
  let at = rounded ? roundToEven(point) : point;
  const period = fillMode === "reflect" ? 2 * size : size;
  if (fillMode === "reflect" || fillMode === "wrap") {
    at = subtract(at, multiply(period, Math.floor(divide(at, period))));
  }
  if (fillMode === "reflect") at = smaller(at, subtract(2 * size - 1, at));
  const [low, high] = { constant: [-1, size], nearest: [0, size - 1], reflect: [0, size - 1], wrap: [0, size] }[
    fillMode
  ] as [number, number];
  return smaller(larger(at, low), high);
}

/** e^(-½ (d / σ)²) at as many distances from the middle, divided by their sum. */
function gaussian(sigma: number, taps: number): Float32Array {
  const deviation = larger(sigma, round(1e-6));
  const weights = Float32Array.from({ length: taps }, (_, k) => {
    const ratio = divide(k - (taps >> 1), deviation);
    return expNegative(multiply(-0.5, multiply(ratio, ratio)));
  });
  const total = sum(weights);
  return weights.map((weight) => divide(weight, total));
}

/** The weighted sums along lines, and of these along columns; beyond the edges all is 0. */
function smooth(field: Float32Array, weights: Float32Array, { height, width }: ImageSize): Float32Array {
  const radius = weights.length >> 1;
  const along = (x: Float32Array, at: (line: number, place: number) => number, places: number): Float32Array => {
    const out = new Float32Array(x.length);
    for (let line = 0; line < x.length / places; line++) {
      for (let place = 0; place < places; place++) {
        out[at(line, place)] = weights.reduce((total, weight, k) => {
          const from = place + k - radius;
          const value = from >= 0 && from < places ? (x[at(line, from)] as number) : 0;
          return add(total, multiply(weight, value));
        }, 0);
      }
    }
    return out;
  };
  const lines = along(field, (line, place) => line * width + place, width);
  return along(lines, (line, place) => place * width + line, height);
}

function roundToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
}
