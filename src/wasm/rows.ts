/** Rows in an arena, to and from host arrays. */
import type { Arena } from "./arena.js";
import type { Pointer } from "./kernels.js";

/** `rows` rows of `width` values, `stride` floats apart. */
export interface Rows {
  readonly pointer: Pointer;
  readonly rows: number;
  readonly width: number;
  readonly stride: number;
}

/** The rows, one right behind the other. */
export function readRows(arena: Arena, { pointer, rows, width, stride }: Rows): Float32Array<ArrayBuffer> {
  const values = arena.floats(pointer, rows * stride);
  const result = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    result.set(values.subarray(row * stride, row * stride + width), row * width);
  }
  return result;
}

/** The way back. What lies between the rows stays as it is. */
export function writeRows(arena: Arena, { pointer, rows, width, stride }: Rows, data: ArrayLike<number>): void {
  const values = arena.floats(pointer, rows * stride);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) values[row * stride + column] = data[row * width + column] ?? 0;
  }
}
