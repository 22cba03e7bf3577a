/**
 * Brings what was drawn into MNIST's form: 28 x 28 pixels, the digit scaled to fit 20 x 20 with its proportions kept, its
 * centre of mass in the middle, grey at the edges. Strokes are drawn anew at that size, so that the width of the line is that
 * of MNIST's, however large somebody writes.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The points of one movement of the pen. */
export type Stroke = readonly Point[];

export const SIDE = 28;
const BOX = 20;
/** Half the width of the line, in pixels. */
const RADIUS = 1.15;
/** Over how many pixels the line fades out. */
const SOFTNESS = 1.3;

/** @returns [28 * 28] values in [0, 1], all 0 when there is no stroke. */
export function rasterize(strokes: readonly Stroke[]): Float32Array<ArrayBuffer> {
  const points = strokes.flat();
  const pixels = new Float32Array(SIDE * SIDE);
  if (points.length === 0) return pixels;
  const [left, right] = range(points.map(({ x }) => x));
  const [top, bottom] = range(points.map(({ y }) => y));
  const extent = Math.max(right - left, bottom - top);
  // A dot has no extent: it stays one
  const scale = extent > 0 ? (BOX - 2 * RADIUS) / extent : 0;
  const middle = SIDE / 2;
  const scaled = strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({
      x: (x - (left + right) / 2) * scale + middle,
      y: (y - (top + bottom) / 2) * scale + middle,
    })),
  );
  paint(pixels, scaled, { x: 0, y: 0 });
  const mass = centreOfMass(pixels);
  pixels.fill(0);
  paint(pixels, scaled, { x: middle - mass.x, y: middle - mass.y });
  return pixels;
}

function range(values: readonly number[]): [number, number] {
  return values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** A pixel is as bright as its middle is near to the line. */
function paint(pixels: Float32Array, strokes: readonly Stroke[], shift: Point): void {
  const reach = RADIUS + SOFTNESS / 2;
  for (const stroke of strokes) {
    stroke.forEach((end, index) => {
      const start = stroke[Math.max(index - 1, 0)] as Point;
      const [a, b] = [add(start, shift), add(end, shift)];
      const [firstX, lastX] = pixelRange(a.x, b.x, reach);
      const [firstY, lastY] = pixelRange(a.y, b.y, reach);
      for (let y = firstY; y <= lastY; y++) {
        for (let x = firstX; x <= lastX; x++) {
          const distance = distanceToSegment({ x: x + 0.5, y: y + 0.5 }, a, b);
          const value = Math.min(Math.max((reach - distance) / SOFTNESS, 0), 1);
          const place = y * SIDE + x;
          if (value > (pixels[place] as number)) pixels[place] = value;
        }
      }
    });
  }
}

function add(a: Point, b: Point): Point {
  return { x: a.x + b.x, y: a.y + b.y };
}

/** The pixels, within the image, that a line between two coordinates can touch. */
function pixelRange(from: number, to: number, reach: number): [number, number] {
  const first = Math.floor(Math.min(from, to) - reach);
  const last = Math.floor(Math.max(from, to) + reach);
  return [Math.max(first, 0), Math.min(last, SIDE - 1)];
}

function distanceToSegment(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / length;
  const t = Math.min(Math.max(along, 0), 1);
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}

function centreOfMass(pixels: Float32Array): Point {
  let [mass, x, y] = [0, 0, 0];
  pixels.forEach((value, index) => {
    mass += value;
    x += value * ((index % SIDE) + 0.5);
    y += value * (Math.floor(index / SIDE) + 0.5);
  });
  return { x: x / mass, y: y / mass };
}
