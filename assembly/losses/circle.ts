/**
 * Circle loss (Sun et al. 2020) between each row of a batch, an embedding of length 1, and the others.
 *
 * Rows with the label of row i are to be near it, all others far. With d[j] = max(1 - p[i] · p[j], 0), and x[j] = d[j] for
 * the former and 1 - d[j] for the latter, s[j] = gamma · max(margin + x[j], 0) · (x[j] - margin), and
 * loss[i] = softplus(ln Σ e^s over the former + ln Σ e^s over the latter).
 */
import { exponentials, rowMaximum } from "../activations/softmax";
import { SOFTPLUS, transcendentalForward } from "../activations/transcendental";
import { log, sigmoid } from "../elementary";
import { dot, firstLanes } from "../lanes";

/**
 * Writes the loss of each row, 0 for one with nothing to compare to, and to pulls[i,j] its derivative to p[i] · p[j].
 *
 * labels: f32, yStride apart. pulls: f32[rows, rows rounded up to 4]. scores: f32[2, rows rounded up to 4].
 * scratch: f32[width rounded up to 4], width ≥ 1.
 *
 * @param withSelf Whether a row is compared to itself too.
 */
export function circleForward(
  loss: usize,
  pulls: usize,
  p: usize,
  stride: i32,
  labels: usize,
  yStride: i32,
  gamma: f32,
  margin: f32,
  withSelf: bool,
  rows: i32,
  width: i32,
  scores: usize,
  scratch: usize,
): void {
  const step = (<usize>stride) << 2;
  const labelStep = (<usize>yStride) << 2;
  const row = (<usize>(rows + 3) & ~3) << 2;
  let own = p;
  for (let i: i32 = 0; i < rows; i++, loss += 4, pulls += row, own += step) {
    const label = load<f32>(labels + <usize>i * labelStep);
    let total: f32 = 0;
    for (let isFar: i32 = 0, to = scores; isFar < 2; isFar++, to += row) {
      for (let j: i32 = 0, at: usize = 0; j < rows; j++, at += 4) {
        const d = max<f32>(1 - dot(own, p + <usize>j * step, width, scratch), 0);
        store<f32>(pulls + at, d);
        const x: f32 = isFar ? <f32>1 - d : d;
        const isCompared =
          (load<f32>(labels + <usize>j * labelStep) !== label) === bool(isFar) && (withSelf || i !== j);
        store<f32>(to + at, isCompared ? gamma * max<f32>(margin + x, 0) * (x - margin) : -f32.MAX_VALUE);
      }
      const most = rowMaximum(to, rows);
      const sum = exponentials(to, to, most, rows);
      const inverse = f32x4.splat(1 / sum);
      for (let j: i32 = 0, at = to; j < rows; j += 4, at += 16) v128.store(at, f32x4.mul(v128.load(at), inverse));
      total += most + f32x4.extract_lane(log(f32x4.splat(sum)), 0);
    }
    const t = f32x4.splat(total);
    v128.store(scratch, t);
    transcendentalForward(scratch, scratch, SOFTPLUS, 1, 1);
    store<f32>(loss, load<f32>(scratch));
    const slope = f32x4.extract_lane(sigmoid(t), 0) * 2 * gamma;
    for (let j: i32 = 0, at: usize = 0; j < rows; j++, at += 4) {
      const d = load<f32>(pulls + at);
      // Nothing but its own set has a share of it; where d = 0 or x < -margin, a move changes nothing
      const far = d > 0 && d < 1 + margin ? load<f32>(scores + row + at) * (1 - d) : <f32>0;
      store<f32>(pulls + at, slope * (far - load<f32>(scores + at) * d));
    }
  }
}

/**
 * dP[i] = Σj scale · (weights[i] · pulls[i,j] + weights[j] · pulls[j,i]) · p[j], j ascending, 0 from `width` to the next
 * multiple of 4.
 *
 * weights: f32[rows]. dP must not alias p.
 */
export function circleBackward(
  dP: usize,
  pulls: usize,
  p: usize,
  stride: i32,
  weights: usize,
  scale: f32,
  rows: i32,
  width: i32,
): void {
  const step = (<usize>stride) << 2;
  const row = (rows + 3) & ~3;
  for (let i: i32 = 0; i < rows; i++, dP += step) {
    const ownWeight = load<f32>(weights + ((<usize>i) << 2));
    for (let k: i32 = 0, at: usize = 0; k < width; k += 4, at += 16) v128.store(dP + at, f32x4.splat(0));
    for (let j: i32 = 0, other = p; j < rows; j++, other += step) {
      const toOther = load<f32>(pulls + ((<usize>(i * row + j)) << 2));
      const toOwn = load<f32>(pulls + ((<usize>(j * row + i)) << 2));
      const pull = scale * (ownWeight * toOther + load<f32>(weights + ((<usize>j) << 2)) * toOwn);
      for (let k: i32 = 0, at: usize = 0; k < width; k += 4, at += 16) {
        const sum = f32x4.add(v128.load(dP + at), f32x4.mul(f32x4.splat(pull), v128.load(other + at)));
        v128.store(dP + at, v128.and(sum, firstLanes(width - k)));
      }
    }
  }
}
