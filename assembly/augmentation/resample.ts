/**
 * Making an image anew from points of the old one: between its pixels, and beyond its edges.
 *
 * An image is f32[height, width, channels]; its pixel (x, y) is the point (x, y). Points are folded into the image first,
 * as the fill mode says; then all is the mean of four neighbours, weighted by nearness, whatever mode and interpolation.
 * Rounded points give the nearest pixel.
 *
 * scratch: f32[3 · n + (height + 3) · (width + 2) + 4] with n = height · width + 3 rounded up to a multiple of 4.
 */

/** The fill modes that need care; 1 is the nearest pixel. */
const CONSTANT = 0;
const REFLECT = 2;
const WRAP = 3;

/** Each image of y from the points of x that its matrix names (see affine.ts). Rows are `stride` apart. y may alias x. */
export function resampleAffine(
  y: usize,
  x: usize,
  matrices: usize,
  stride: i32,
  rows: i32,
  height: i32,
  width: i32,
  channels: i32,
  rounded: bool,
  fillMode: i32,
  fillValue: f32,
  scratch: usize,
): void {
  fillFrame(scratch, height, width, fillValue);
  const rowBytes = (<usize>stride) << 2;
  for (; rows > 0; rows--, y += rowBytes, x += rowBytes, matrices += 32) {
    affinePoints(scratch, scratch + pointBytes(height, width), matrices, height, width);
    resample(y, x, height, width, channels, rounded, fillMode, scratch);
  }
}

/** The bytes of one coordinate of all points, with room for a vector that starts at the last. */
export function pointBytes(height: i32, width: i32): usize {
  return (<usize>((height * width + 6) & ~3)) << 2;
}

/** Sets all of the frame around a plane to a value, and one place more: that beside the last. */
export function fillFrame(scratch: usize, height: i32, width: i32, value: f32): void {
  const v = f32x4.splat(value);
  let frame = scratch + 3 * pointBytes(height, width);
  for (let n: i32 = (height + 3) * (width + 2) + 1; n > 0; n -= 4, frame += 16) v128.store(frame, v);
}

/** u[i] = (a0 · x + a1 · y) + a2 and v[i] likewise, for i = y · width + x. */
function affinePoints(u: usize, v: usize, matrix: usize, height: i32, width: i32): void {
  const a0 = v128.load32_splat(matrix);
  const a2 = v128.load32_splat(matrix, 8);
  const b0 = v128.load32_splat(matrix, 12);
  const b2 = v128.load32_splat(matrix, 20);
  for (let row: i32 = 0; row < height; row++, u += (<usize>width) << 2, v += (<usize>width) << 2) {
    const a1 = f32x4.splat(load<f32>(matrix, 4) * <f32>row);
    const b1 = f32x4.splat(load<f32>(matrix, 16) * <f32>row);
    let columns = f32x4(0, 1, 2, 3);
    // The last vector of a row may reach into the next, which comes after it
    for (let at: usize = 0; at < (<usize>width) << 2; at += 16, columns = f32x4.add(columns, f32x4.splat(4))) {
      v128.store(u + at, f32x4.add(f32x4.add(f32x4.mul(a0, columns), a1), a2));
      v128.store(v + at, f32x4.add(f32x4.add(f32x4.mul(b0, columns), b1), b2));
    }
  }
}

/** The image at the points whose u and v stand at the start of scratch, which are lost. y may alias x. */
export function resample(
  y: usize,
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  rounded: bool,
  fillMode: i32,
  scratch: usize,
): void {
  const bytes = pointBytes(height, width);
  const u = scratch;
  const v = u + bytes;
  const plane = v + bytes;
  const frame = plane + bytes;
  fold(u, height * width, width, rounded, fillMode);
  fold(v, height * width, height, rounded, fillMode);
  for (let channel: i32 = 0; channel < channels; channel++, y += 4, x += 4) {
    framePlane(frame, x, height, width, channels, fillMode);
    interpolate(plane, frame, u, v, height, width);
    let from = plane;
    const end = y + ((<usize>(height * width * channels)) << 2);
    for (let to = y; to < end; to += (<usize>channels) << 2, from += 4) store<f32>(to, load<f32>(from));
  }
}

/**
 * Brings points of an axis into the range of the framed image:
 *
 *     constant [-1, size], beyond which all is the same; nearest [0, size - 1]
 *     reflect (d c b a | a b c d | d c b a), [0, size - 1]; wrap (a b c d | a b c d | a b c d), [0, size]
 */
function fold(points: usize, n: i32, size: i32, rounded: bool, fillMode: i32): void {
  const infinity: f32 = Infinity;
  const length = <f32>size;
  const period = f32x4.splat(fillMode === REFLECT ? 2 * length : length);
  const step = f32x4.splat(fillMode === REFLECT ? 2 * length : fillMode === WRAP ? length : 0);
  const mirror = f32x4.splat(fillMode === REFLECT ? 2 * length - 1 : infinity);
  const low = f32x4.splat(fillMode === CONSTANT ? -1 : 0);
  const high = f32x4.splat(fillMode === CONSTANT || fillMode === WRAP ? length : length - 1);
  const rounding = i32x4.splat(rounded ? -1 : 0);
  for (; n > 0; n -= 4, points += 16) {
    let point = v128.load(points);
    point = v128.bitselect(f32x4.nearest(point), point, rounding);
    point = f32x4.sub(point, f32x4.mul(step, f32x4.floor(f32x4.div(point, period))));
    point = f32x4.pmin(point, f32x4.sub(mirror, point));
    v128.store(points, f32x4.pmin(f32x4.pmax(point, low), high));
  }
}

/** Puts a channel into its frame: one pixel on each side and a row below, where wrapped images go on. */
function framePlane(frame: usize, x: usize, height: i32, width: i32, channels: i32, fillMode: i32): void {
  const pitch = (<usize>(width + 2)) << 2;
  const first = frame + pitch + 4;
  let to = first;
  for (let row: i32 = 0; row < height; row++, to += pitch) {
    for (let at: usize = 0; at < (<usize>width) << 2; at += 4, x += (<usize>channels) << 2) {
      store<f32>(to + at, load<f32>(x));
    }
    if (fillMode === WRAP) store<f32>(to + ((<usize>width) << 2), load<f32>(to));
  }
  if (fillMode === WRAP) memory.copy(to, first, pitch);
}

/** out[i] = the framed plane at (u[i], v[i]), between four pixels; those of no weight count for nothing. */
function interpolate(out: usize, frame: usize, u: usize, v: usize, height: i32, width: i32): void {
  const one = f32x4.splat(1);
  const pitch = i32x4.splat(width + 2);
  const below = (<usize>(width + 2)) << 2;
  const first = frame + below + 4;
  for (let n: i32 = height * width; n > 0; n -= 4, out += 16, u += 16, v += 16) {
    const x = v128.load(u);
    const y = v128.load(v);
    const left = f32x4.floor(x);
    const top = f32x4.floor(y);
    const at = i32x4.add(i32x4.mul(i32x4.trunc_sat_f32x4_s(top), pitch), i32x4.trunc_sat_f32x4_s(left));
    const p0 = first + (i32x4.extract_lane(at, 0) << 2);
    const p1 = first + (i32x4.extract_lane(at, 1) << 2);
    const p2 = first + (i32x4.extract_lane(at, 2) << 2);
    const p3 = first + (i32x4.extract_lane(at, 3) << 2);
    const top01 = v128.load_lane<i64>(p1, v128.load64_zero(p0), 1);
    const top23 = v128.load_lane<i64>(p3, v128.load64_zero(p2), 1);
    const bottom01 = v128.load_lane<i64>(p1 + below, v128.load64_zero(p0 + below), 1);
    const bottom23 = v128.load_lane<i64>(p3 + below, v128.load64_zero(p2 + below), 1);
    const toRight = f32x4.sub(x, left);
    const toLeft = f32x4.sub(one, toRight);
    const toBottom = f32x4.sub(y, top);
    const upper = f32x4.add(
      f32x4.mul(v128.shuffle<f32>(top01, top23, 0, 2, 4, 6), toLeft),
      f32x4.mul(v128.shuffle<f32>(top01, top23, 1, 3, 5, 7), toRight),
    );
    const lower = f32x4.add(
      f32x4.mul(v128.shuffle<f32>(bottom01, bottom23, 0, 2, 4, 6), toLeft),
      f32x4.mul(v128.shuffle<f32>(bottom01, bottom23, 1, 3, 5, 7), toRight),
    );
    v128.store(out, f32x4.add(f32x4.mul(upper, f32x4.sub(one, toBottom)), f32x4.mul(lower, toBottom)));
  }
}
