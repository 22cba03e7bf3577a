/** Data that looks random and is the same everywhere: integer hashes and divisions, no function of the engine's libm. */
import { type NDArray, ndarray } from "../../src/arrays.js";

/** 32 mixed bits (the finalizer of MurmurHash3, Austin Appleby, public domain). */
export function hash(index: number, salt: number): number {
  let bits = Math.imul(index + 1, 0x9e3779b9) ^ Math.imul(salt + 1, 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A vector of numbers in [low, high). */
export function numbers(length: number, salt: number, low = -1, high = 1): Float32Array {
  return Float32Array.from({ length }, (_, i) => low + ((high - low) * hash(i, salt)) / 2 ** 32);
}

/** [rows, width] numbers in [low, high). */
export function matrix(rows: number, width: number, salt: number, low = -1, high = 1): NDArray<Float32Array> {
  return ndarray(numbers(rows * width, salt, low, high), [rows, width]);
}

/** An array of that shape of numbers in [-1, 1). */
export function tensor(shape: readonly number[], salt: number): NDArray<Float32Array> {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  return ndarray(numbers(size, salt), shape);
}

/** A class number from 0 to classes - 1 per row. */
export function classNumbers(rows: number, classes: number, salt: number): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, i) => hash(i, salt) % classes);
}

/** The same with all but a share of the values set to zero, every other one of those to -0. Exact to one value. */
export function withDensity({ data, shape }: NDArray<Float32Array>, density: number): NDArray<Float32Array> {
  const kept = (i: number) => Math.floor((i + 1) * density) > Math.floor(i * density);
  return ndarray(
    data.map((value, i) => (kept(i) ? value : i % 2 ? -0 : 0)),
    shape,
  );
}

/** Grey 28 x 28 images as vectors in [0, 1], a tenth lit, whose pattern tells their class; and their classes. */
export function syntheticDigits(rows: number): { x: NDArray<Float32Array>; labels: Uint8Array } {
  const labels = classNumbers(rows, 10, 1);
  const data = new Float32Array(rows * 784);
  for (let row = 0; row < rows; row++) {
    for (let pixel = 0; pixel < 784; pixel++) {
      const lit = hash(pixel, 100 + (labels[row] as number)) % 10 === 0;
      const noise = hash(row * 784 + pixel, 2);
      if (lit !== (noise % 50 === 0)) data[row * 784 + pixel] = (1 + (noise % 255)) / 256;
    }
  }
  return { x: ndarray(data, [rows, 784]), labels };
}
