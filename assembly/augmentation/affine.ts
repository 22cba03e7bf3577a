/**
 * From what was drawn for each image to the point of it that each point of the result is taken from:
 *
 *     u = a0 · x + a1 · y + a2      v = b0 · x + b1 · y + b2
 *
 * in pixels, x and u to the right, y and v down. matrices: f32[rows, 8], [a0, a1, a2, b0, b1, b2, unused, unused].
 * draws: f32[rows, 4], of affineMatrices f32[rows, 8].
 */
import { sineOfTurns } from "../elementary";

const MATRIX_BYTES: usize = 32;
const DRAWS_BYTES: usize = 16;

/** Moves down by draws[0] · height and to the right by draws[1] · width. */
export function translationMatrices(matrices: usize, draws: usize, rows: i32, height: i32, width: i32): void {
  for (; rows > 0; rows--, matrices += MATRIX_BYTES, draws += DRAWS_BYTES) {
    const down = load<f32>(draws) * <f32>height;
    const right = load<f32>(draws, 4) * <f32>width;
    storeMatrix(matrices, 1, 0, -right, 0, 1, -down);
  }
}

/** Turns counter-clockwise about the middle, draws[0] counting full turns, |draws[0]| ≤ 1. */
export function rotationMatrices(matrices: usize, draws: usize, rows: i32, height: i32, width: i32): void {
  const middleX = <f32>(width - 1) * <f32>0.5;
  const middleY = <f32>(height - 1) * <f32>0.5;
  for (; rows > 0; rows--, matrices += MATRIX_BYTES, draws += DRAWS_BYTES) {
    const both = sineOfTurns(v128.load32_splat(draws), i32x4(0, 1, 0, 0));
    const sine = f32x4.extract_lane(both, 0);
    const cosine = f32x4.extract_lane(both, 1);
    const right = middleX - middleX * cosine + middleY * sine;
    const down = middleY - middleX * sine - middleY * cosine;
    storeMatrix(matrices, cosine, -sine, right, sine, cosine, down);
  }
}

/**
 * Shrinks to 1 / draws[0] of the height and 1 / draws[1] of the width about the middle, or both by draws[0] where the image
 * keeps its ratio.
 */
export function zoomMatrices(
  matrices: usize,
  draws: usize,
  rows: i32,
  height: i32,
  width: i32,
  keepsRatio: bool,
): void {
  const middleX = <f32>(width - 1) * <f32>0.5;
  const middleY = <f32>(height - 1) * <f32>0.5;
  for (; rows > 0; rows--, matrices += MATRIX_BYTES, draws += DRAWS_BYTES) {
    const down = load<f32>(draws);
    const right = keepsRatio ? down : load<f32>(draws, 4);
    storeMatrix(matrices, right, 0, middleX * (1 - right), 0, down, middleY * (1 - down));
  }
}

/** Moves each row by draws[0] times its y, each column by draws[1] times its x; both the other way where draws[2] > ½. */
export function shearMatrices(matrices: usize, draws: usize, rows: i32): void {
  for (; rows > 0; rows--, matrices += MATRIX_BYTES, draws += DRAWS_BYTES) {
    const sign: f32 = load<f32>(draws, 8) > 0.5 ? -1 : 1;
    storeMatrix(matrices, 1, load<f32>(draws) * sign, 0, load<f32>(draws, 4) * sign, 1, 0);
  }
}

/**
 * All of them at once, about the middle (x0, y0), with z = draws[1], s = draws[2], k = draws[3] and the sine and cosine of
 * draws[0] full turns; t = x0 + draws[5] · width and r = y0 + draws[4] · height are where the middle goes:
 *
 *     [a0 a1; b0 b1] = [cosine -sine; sine cosine] · [1 k; 0 1] · [z · s 0; 0 z]
 *     a2 = x0 - (a0 · t + a1 · r)      b2 = y0 - (b0 · t + b1 · r)
 */
export function affineMatrices(matrices: usize, draws: usize, rows: i32, height: i32, width: i32): void {
  const middleX = <f32>(width - 1) * <f32>0.5;
  const middleY = <f32>(height - 1) * <f32>0.5;
  for (; rows > 0; rows--, matrices += MATRIX_BYTES, draws += 2 * DRAWS_BYTES) {
    const both = sineOfTurns(v128.load32_splat(draws), i32x4(0, 1, 0, 0));
    const sine = f32x4.extract_lane(both, 0);
    const cosine = f32x4.extract_lane(both, 1);
    const down = load<f32>(draws, 4);
    const right = down * load<f32>(draws, 8);
    const slant = load<f32>(draws, 12) * down;
    const a0 = cosine * right;
    const a1 = cosine * slant - sine * down;
    const b0 = sine * right;
    const b1 = sine * slant + cosine * down;
    const x = middleX + load<f32>(draws, 20) * <f32>width;
    const y = middleY + load<f32>(draws, 16) * <f32>height;
    storeMatrix(matrices, a0, a1, middleX - (a0 * x + a1 * y), b0, b1, middleY - (b0 * x + b1 * y));
  }
}

function storeMatrix(matrix: usize, a0: f32, a1: f32, a2: f32, b0: f32, b1: f32, b2: f32): void {
  store<f32>(matrix, a0);
  store<f32>(matrix, a1, 4);
  store<f32>(matrix, a2, 8);
  store<f32>(matrix, b0, 12);
  store<f32>(matrix, b1, 16);
  store<f32>(matrix, b2, 20);
}
