import { sizeOf } from "../arrays.js";
import { checkNumber, checkOptions } from "../checks.js";
import { matrixShape } from "./identity.js";
import { type Initializer, type SeedOptions, seeded } from "./initializer.js";

export interface OrthogonalOptions extends SeedOptions {
  /** What the matrix is multiplied by. Default 1. */
  readonly gain?: number;
}

/**
 * A random matrix with orthonormal columns, or orthonormal rows where it has fewer rows than columns (Keras: Orthogonal;
 * Saxe et al. 2014): the factor q of the QR decomposition of a matrix of normal numbers whose factor r has a positive
 * diagonal, so that every rotation is as likely as any other. A weight of more axes counts as a matrix of rows along its last
 * one; a vector gives a ShapeError when it is made.
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function orthogonal(options: OrthogonalOptions = {}): Initializer {
  const where = "orthogonal";
  checkOptions(options, ["gain", "seed"], where);
  const { gain = 1, seed } = options;
  checkNumber(gain, `${where}: gain`);
  const streamOf = seeded(seed, where);
  return {
    className: "Orthogonal",
    config: { gain, seed: seed ?? null },
    fill(arena, out, shape, random) {
      const [rows, columns] = matrixShape(asMatrix(shape), where);
      const { seedLow, seedHigh, stream } = streamOf(random);
      const size = sizeOf(shape);
      arena.kernels.randomNormal(out, 0, 1, seedLow, seedHigh, stream, 0, 0, size);
      const values = arena.floats(out, size);
      const length = Math.max(rows, columns);
      const vectors = orthonormalize(Float64Array.from(values), length);
      // Vector i is row i, or column i
      const [step, within] = rows < columns ? [columns, 1] : [1, columns];
      vectors.forEach((vector, i) => {
        vector.forEach((value, j) => {
          values[i * step + j * within] = gain * value;
        });
      });
    },
  };
}

function asMatrix(shape: readonly number[]): readonly number[] {
  return shape.length > 2 ? [sizeOf(shape.slice(0, -1)), ...shape.slice(-1)] : shape;
}

/**
 * Makes the vectors of that length, one behind the other, orthonormal, each within the span of itself and those before it:
 * Gram and Schmidt's method in its modified form. In double precision what is left between two vectors of normal numbers is
 * far below the rounding of float32.
 */
function orthonormalize(values: Float64Array, length: number): Float64Array[] {
  const done: Float64Array[] = [];
  for (let start = 0; start < values.length; start += length) {
    const vector = values.subarray(start, start + length);
    for (const other of done) addMultiple(vector, other, -dot(vector, other));
    const norm = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < length; i++) vector[i] = (vector[i] as number) / norm;
    done.push(vector);
  }
  return done;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addMultiple(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + factor * (source[i] as number);
}
