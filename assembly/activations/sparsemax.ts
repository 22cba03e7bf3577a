import { firstLanes, sum } from "../lanes";
import { countNonZeros } from "../rows";
import { rowMaximum } from "./softmax";

/**
 * y[i,j] = max(x[i,j] - tau[i], 0) with the tau that makes Σj y[i,j] = 1, for i in [0, rows), j in [0, width).
 *
 * The nearest point of the probability simplex (Martins and Astudillo 2016). What the sum has too much is
 * taken off all in equal shares, until none falls to 0 by that (Michelot 1986). x and y share one stride, a multiple of 4; y of a finite row is 0 from `width` to the next
 * multiple of 4. y may alias x.
 */
export function sparsemaxForward(y: usize, x: usize, stride: i32, rows: i32, width: i32): void {
  const zero = f32x4.splat(0);
  for (; rows > 0; rows--, y += (<usize>stride) << 2, x += (<usize>stride) << 2) {
    // No element more than 1 below the largest counts, so that 0 can stand for those left out
    const shift = f32x4.splat(rowMaximum(x, width));
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const raised = f32x4.add(f32x4.sub(v128.load(x + at), shift), f32x4.splat(1));
      v128.store(y + at, v128.and(f32x4.pmax(raised, zero), firstLanes(width - j)));
    }
    let count: i32 = -1;
    for (;;) {
      const left = takeOff(y, y, 1, 0, width);
      if (left === count) break;
      count = left;
    }
  }
}

/** dX[i,j] = y[i,j] > 0 ? dY[i,j] - mean of dY[i,j] where y[i,j] > 0 : 0. All share one stride. dX may alias dY, not y. */
export function sparsemaxBackward(dX: usize, dY: usize, y: usize, stride: i32, rows: i32, width: i32): void {
  const zero = f32x4.splat(0);
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, dX += step, dY += step, y += step) {
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      v128.store(dX + at, v128.and(v128.load(dY + at), f32x4.ne(v128.load(y + at), zero)));
    }
    takeOff(dX, y, 0, -Infinity, width);
  }
}

/**
 * Brings Σ x[j] down to `target` by taking the same off all x[j] where support[j] is not 0, each down to `lowest` at most;
 * returns how many these are. All others are 0. x may alias support.
 */
function takeOff(x: usize, support: usize, target: f32, lowest: f32, width: i32): i32 {
  const count = countNonZeros(support, width);
  const excess = f32x4.splat((sum(x, width) - target) / <f32>count);
  const limit = f32x4.splat(lowest);
  for (; width > 0; width -= 4, x += 16, support += 16) {
    const reduced = f32x4.pmax(f32x4.sub(v128.load(x), excess), limit);
    v128.store(x, v128.and(reduced, f32x4.ne(v128.load(support), f32x4.splat(0))));
  }
  return count;
}
