/** Bringing values to a common mean and deviation. Rows are dense. */
import { add, byRows, divide, multiply, perRow, round, smaller, squareRoot, subtract, sum } from "./float.js";

type Column = (j: number) => Float32Array;

export function columnMoments(
  x: Float32Array,
  rows: number,
  n: number,
): { mean: Float32Array; variance: Float32Array } {
  const column = columns(x, rows, n);
  const mean = perRow(n, (j) => divide(chain(column(j)), rows));
  const variance = perRow(n, (j) => {
    const differences = column(j).map((value) => subtract(value, mean[j] as number));
    return divide(chain(differences.map((difference) => multiply(difference, difference))), rows);
  });
  return { mean, variance };
}

export function inverseDeviations(variance: Float32Array, epsilon: number): Float32Array {
  return variance.map((value) => divide(1, squareRoot(add(value, round(epsilon)))));
}

/** (x - shift) · scale + offset, each of the column. */
export function affineColumns(
  x: Float32Array,
  shift: Float32Array,
  scale: Float32Array,
  offset: Float32Array,
): Float32Array {
  return x.map((value, i) => {
    const j = i % shift.length;
    return add(multiply(subtract(value, shift[j] as number), scale[j] as number), offset[j] as number);
  });
}

export function columnNormalizationBackward(
  dY: Float32Array,
  y: Float32Array,
  factor: Float32Array,
  rows: number,
): Float32Array {
  const n = factor.length;
  const [gradients, outputs] = [columns(dY, rows, n), columns(y, rows, n)];
  const means = perRow(n, (j) => divide(chain(gradients(j)), rows));
  const slopes = perRow(n, (j) => divide(chain(products(gradients(j), outputs(j))), rows));
  return dY.map((gradient, i) => {
    const j = i % n;
    const rest = subtract(subtract(gradient, means[j] as number), multiply(y[i] as number, slopes[j] as number));
    return multiply(factor[j] as number, rest);
  });
}

export interface RowSettings {
  readonly centered: boolean;
  readonly divisor: number;
}

export function rowNormalizationForward(
  x: Float32Array,
  rows: number,
  width: number,
  { centered, divisor, epsilon, most }: RowSettings & { readonly epsilon: number; readonly most: number },
): { y: Float32Array; factors: Float32Array } {
  const row = (i: number) => {
    const values = x.subarray(i * width, (i + 1) * width);
    const mean = centered ? divide(sum(values), width) : 0;
    return values.map((value) => subtract(value, mean));
  };
  const factors = perRow(rows, (i) => {
    const square = add(divide(sum(products(row(i), row(i))), round(divisor)), round(epsilon));
    return square === 0 ? 0 : smaller(divide(1, squareRoot(square)), round(most));
  });
  return { factors, y: byRows(rows, width, (i) => row(i).map((value) => multiply(value, factors[i] as number))) };
}

export function rowNormalizationBackward(
  dY: Float32Array,
  y: Float32Array,
  factors: Float32Array,
  width: number,
  { centered, divisor }: RowSettings,
): Float32Array {
  return byRows(factors.length, width, (i) => {
    const [gradients, outputs] = [dY, y].map((all) => all.subarray(i * width, (i + 1) * width)) as [
      Float32Array,
      Float32Array,
    ];
    const slope = divide(sum(products(gradients, outputs)), round(divisor));
    const mean = centered ? divide(sum(gradients), width) : 0;
    return gradients.map((gradient, j) => {
      const rest = subtract(subtract(gradient, mean), multiply(outputs[j] as number, slope));
      return multiply(factors[i] as number, rest);
    });
  });
}

function columns(x: Float32Array, rows: number, n: number): Column {
  return (j) => perRow(rows, (i) => x[i * n + j] as number);
}

/** The sum from the first to the last. */
function chain(x: Float32Array): number {
  return x.reduce(add, 0);
}

function products(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => multiply(value, b[i] as number));
}
