/**
 * Elastic distortion (Simard, Steinkraus, Platt 2003): every point moves by a little of its own, and much as its
 * neighbours do, since the moves are noise that a Gaussian has smoothed.
 */
import { exponentials } from "../activations/softmax";
import { angleBeyond, atQuarter, cosineNear, log, sineNear } from "../elementary";
import { randomBits, unitInterval } from "../random";
import { fillFrame, pointBytes, resample } from "./resample";

/**
 * Distorts each image in place where draws[1] < draws[0]. With f the number at `strength`, and 0.05 f for a
 * smoothness s of 0:
 *
 *     σ = min(height, width) · s          α = max(height, width) · 0.1 f      K = 2 r + 1 = ⌊6 σ⌋, or one more
 *     the point (x, y) shows what was at (x + α · (G * N)(x, y), y + α · (G * M)(x, y))
 *
 * where N and M are normal with deviation σ, G is e^(-½ (d / σ)²) over K · K points with the sum 1, and beyond the image
 * all is 0. N is words [0, n) of the stream's row, M the n after the next multiple of 4, n = height · width.
 *
 * Images are f32[height, width, channels], `stride` apart; draws lie 4 apart. scratch: that of resampling, then
 * f32[3 · (n + 3) + 2 · n + K + (height + 2 r) · w + height · (w + 2 r)] for the largest r that may come, each n + 3, n and
 * K rounded up to a multiple of 4, as w is from the width.
 */
export function elasticTransform(
  y: usize,
  draws: usize,
  strength: usize,
  smoothness: f32,
  stride: i32,
  firstRow: i32,
  rows: i32,
  height: i32,
  width: i32,
  channels: i32,
  rounded: bool,
  fillMode: i32,
  fillValue: f32,
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  step: u32,
  scratch: usize,
  own: usize,
): void {
  const f = load<f32>(strength);
  const alpha = <f32>max(height, width) * (<f32>0.1 * f);
  const sigma = <f32>min(height, width) * (smoothness > 0 ? smoothness : <f32>0.05 * f);
  const taps = <i32>(<f32>6 * sigma) | 1;
  const pixels = (height * width + 3) & ~3;
  const padded = (width + 3) & ~3;

  const restU = own;
  const restV = restU + pointBytes(height, width);
  const weights = restV + pointBytes(height, width);
  const noise = weights + ((<usize>((taps + 3) & ~3)) << 2);
  const moves = noise + ((<usize>(2 * pixels)) << 2);
  const columns = moves + pointBytes(height, width);
  const lines = columns + ((<usize>((height + taps - 1) * padded)) << 2);
  restingPoints(restU, restV, height, width);
  gaussian(weights, sigma, taps);
  // What lies around is 0, and nobody writes there
  memory.fill(columns, 0, lines - columns + ((<usize>(height * (padded + taps - 1))) << 2));
  fillFrame(scratch, height, width, fillValue);

  const u = scratch;
  const v = u + pointBytes(height, width);
  const rowBytes = (<usize>stride) << 2;
  for (let row = firstRow; row < firstRow + rows; row++, y += rowBytes, draws += 16) {
    if (!(load<f32>(draws, 4) < load<f32>(draws))) continue;
    randomBits(noise, seedLow, seedHigh, stream, step, row, 2 * pixels);
    toNormal(noise, noise + ((<usize>pixels) << 2), sigma, pixels);
    smooth(moves, noise, weights, columns, lines, height, width, taps);
    addScaled(u, restU, alpha, moves, pixels);
    smooth(moves, noise + ((<usize>pixels) << 2), weights, columns, lines, height, width, taps);
    addScaled(v, restV, alpha, moves, pixels);
    resample(y, y, height, width, channels, rounded, fillMode, scratch);
  }
}

/** Two words become two normal numbers, the coordinates of a point: a[i] makes its distance, b[i] its direction (Box, Muller 1958). */
function toNormal(a: usize, b: usize, deviation: f32, n: i32): void {
  const half = f32x4.splat(<f32>(0.5 / 16777216.0));
  for (; n > 0; n -= 4, a += 16, b += 16) {
    const logarithm = log(f32x4.add(unitInterval(v128.load(a)), half));
    const distance = f32x4.mul(f32x4.splat(deviation), f32x4.sqrt(f32x4.mul(f32x4.splat(-2), logarithm)));
    const direction = unitInterval(v128.load(b));
    const nearest = f32x4.nearest(f32x4.mul(direction, f32x4.splat(4)));
    const angle = angleBeyond(nearest, direction);
    const sine = sineNear(angle);
    const cosine = cosineNear(angle);
    const quarter = i32x4.trunc_sat_f32x4_s(nearest);
    v128.store(a, f32x4.mul(distance, atQuarter(sine, cosine, i32x4.add(quarter, i32x4.splat(1)))));
    v128.store(b, f32x4.mul(distance, atQuarter(sine, cosine, quarter)));
  }
}

/** weights[k] = e^(-½ ((k - ⌊taps / 2⌋) / σ)²), divided by their sum. */
function gaussian(weights: usize, sigma: f32, taps: i32): void {
  // A single tap has the weight 1, whatever σ
  const deviation = f32x4.splat(max<f32>(sigma, 1e-6));
  let distance = f32x4.sub(f32x4(0, 1, 2, 3), f32x4.splat(<f32>(taps >> 1)));
  const end = weights + ((<usize>taps) << 2);
  for (let at = weights; at < end; at += 16, distance = f32x4.add(distance, f32x4.splat(4))) {
    const ratio = f32x4.div(distance, deviation);
    v128.store(at, f32x4.mul(f32x4.splat(-0.5), f32x4.mul(ratio, ratio)));
  }
  const total = f32x4.splat(exponentials(weights, weights, 0, taps));
  for (let at = weights; at < end; at += 16) v128.store(at, f32x4.div(v128.load(at), total));
}

/** out = the noise, smoothed along its lines, then along its columns. */
function smooth(
  out: usize,
  noise: usize,
  weights: usize,
  columns: usize,
  lines: usize,
  height: i32,
  width: i32,
  taps: i32,
): void {
  const radius = taps >> 1;
  const padded = (<usize>((width + 3) & ~3)) << 2;
  const lineBytes = padded + ((<usize>(taps - 1)) << 2);
  const widthBytes = (<usize>width) << 2;
  let line = lines + ((<usize>radius) << 2);
  for (let row: i32 = 0; row < height; row++, line += lineBytes, noise += widthBytes) {
    memory.copy(line, noise, widthBytes);
  }
  convolve(columns + <usize>radius * padded, padded, lines, lineBytes, 4, weights, height, width, taps);
  convolve(out, widthBytes, columns, padded, padded, weights, height, width, taps);
}

/** out[i,j] = Σk weights[k] · x[i,j] at k · tapBytes, k ascending. A line's last vector may reach into the next line. */
function convolve(
  out: usize,
  outBytes: usize,
  x: usize,
  xBytes: usize,
  tapBytes: usize,
  weights: usize,
  rows: i32,
  width: i32,
  taps: i32,
): void {
  const end = weights + ((<usize>taps) << 2);
  for (; rows > 0; rows--, out += outBytes, x += xBytes) {
    for (let at: usize = 0; at < (<usize>width) << 2; at += 16) {
      let total = f32x4.splat(0);
      let from = x + at;
      for (let weight = weights; weight < end; weight += 4, from += tapBytes) {
        total = f32x4.add(total, f32x4.mul(v128.load32_splat(weight), v128.load(from)));
      }
      v128.store(out + at, total);
    }
  }
}

/** out[i] = x[i] + α · y[i] for i in [0, n), n rounded up to a multiple of 4. */
function addScaled(out: usize, x: usize, alpha: f32, y: usize, n: i32): void {
  const a = f32x4.splat(alpha);
  for (; n > 0; n -= 4, out += 16, x += 16, y += 16) {
    v128.store(out, f32x4.add(v128.load(x), f32x4.mul(a, v128.load(y))));
  }
}

/** The points of the pixels themselves. */
function restingPoints(u: usize, v: usize, height: i32, width: i32): void {
  for (let row: i32 = 0; row < height; row++) {
    for (let column: i32 = 0; column < width; column++, u += 4, v += 4) {
      store<f32>(u, <f32>column);
      store<f32>(v, <f32>row);
    }
  }
}
