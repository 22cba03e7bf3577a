/** The activations. Element by element, except softmax, which takes the rows of a matrix and returns them dense. */
import { expm1Negative, expNegative, log, sigmoid, tanh } from "./elementary.js";
import { add, at, byRows, divide, larger, type Matrix, multiply, round, row, smaller, subtract, sum } from "./float.js";

export function reluForward(x: Float32Array): Float32Array {
  return x.map((value) => larger(value, 0));
}

export function reluBackward(dY: Float32Array, y: Float32Array): Float32Array {
  return dY.map((d, i) => ((y[i] as number) > 0 ? d : 0));
}

/** scale · (x > 0 ? x : alpha · (e^x - 1)). */
export function eluForward(x: Float32Array, alpha: number, scale: number): Float32Array {
  const [a, s] = [round(alpha), round(scale)];
  return x.map((value) => multiply(s, value > 0 ? value : multiply(a, expm1Negative(smaller(value, 0)))));
}

export function eluBackward(dY: Float32Array, y: Float32Array, alpha: number, scale: number): Float32Array {
  const s = round(scale);
  const scaledAlpha = multiply(s, round(alpha));
  return dY.map((d, i) => {
    const value = y[i] as number;
    return multiply(d, value > 0 ? s : add(value, scaledAlpha));
  });
}

export function sigmoidForward(x: Float32Array): Float32Array {
  return x.map(sigmoid);
}

export function sigmoidBackward(dY: Float32Array, y: Float32Array): Float32Array {
  return dY.map((d, i) => multiply(d, multiply(y[i] as number, subtract(1, y[i] as number))));
}

export function tanhForward(x: Float32Array): Float32Array {
  return x.map(tanh);
}

export function tanhBackward(dY: Float32Array, y: Float32Array): Float32Array {
  return dY.map((d, i) => multiply(d, subtract(1, multiply(y[i] as number, y[i] as number))));
}

export function softmaxForward(x: Matrix, rows: number, width: number): Float32Array {
  return byRows(rows, width, (i) => softmax(row(x, i, width)).y);
}

/** x - max x - ln Σ e^(x - max x) of each row. */
export function logSoftmaxForward(x: Matrix, rows: number, width: number): Float32Array {
  return byRows(rows, width, (i) => {
    const { maximum, total } = softmax(row(x, i, width));
    return row(x, i, width).map((value) => subtract(subtract(value, maximum), log(total)));
  });
}

/** dX[i,j] = dY[i,j] - softmax(x)[i,j] · Σj dY[i,j]. */
export function logSoftmaxBackward(dY: Matrix, x: Matrix, rows: number, width: number): Float32Array {
  return byRows(rows, width, (i) => {
    const { y } = softmax(row(x, i, width));
    const total = sum(row(dY, i, width));
    return row(dY, i, width).map((d, j) => subtract(d, multiply(y[j] as number, total)));
  });
}

export function sparsemaxForward(x: Matrix, rows: number, width: number): Float32Array {
  return byRows(rows, width, (i) => {
    const values = row(x, i, width);
    const maximum = Math.max(...values);
    let kept = values.map((value) => larger(add(subtract(value, maximum), 1), 0));
    let count = -1;
    for (;;) {
      const left = kept.filter((value) => value !== 0).length;
      const excess = divide(subtract(sum(kept), 1), left);
      kept = kept.map((value) => (value === 0 ? 0 : larger(subtract(value, excess), 0)));
      if (left === count) return kept;
      count = left;
    }
  });
}

/** dX[i,j] = y[i,j] > 0 ? dY[i,j] - mean of those : 0. */
export function sparsemaxBackward(dY: Matrix, y: Matrix, rows: number, width: number): Float32Array {
  return byRows(rows, width, (i) => {
    const support = row(y, i, width).map((value) => (value > 0 ? 1 : 0));
    const kept = row(dY, i, width).map((d, j) => (support[j] ? d : 0));
    const mean = divide(sum(kept), support.filter((value) => value === 1).length);
    return kept.map((d, j) => (support[j] ? subtract(d, mean) : 0));
  });
}

/** alpha: one slope for each column. */
export function preluForward(x: Matrix, alpha: Float32Array, rows: number, width: number): Float32Array {
  return byRows(rows, width, (i) =>
    row(x, i, width).map((value, j) => (value <= 0 ? multiply(alpha[j] as number, value) : value)),
  );
}

export function preluBackward(dY: Matrix, x: Matrix, alpha: Float32Array, rows: number, width: number) {
  const dAlpha = new Float32Array(width);
  const dX = byRows(rows, width, (i) =>
    row(dY, i, width).map((d, j) => {
      const value = at(x, i, j);
      dAlpha[j] = add(dAlpha[j] as number, multiply(d, smaller(value, 0)));
      return value <= 0 ? multiply(alpha[j] as number, d) : d;
    }),
  );
  return { dX, dAlpha };
}

/** dX[i,j] = y[i,j] · dY[i,j] - y[i,j] · Σj dY[i,j] · y[i,j]. */
export function softmaxBackward(dY: Matrix, y: Matrix, rows: number, width: number): Float32Array {
  return byRows(rows, width, (i) => {
    const yRow = row(y, i, width);
    const products = row(dY, i, width).map((d, j) => multiply(d, yRow[j] as number));
    const total = sum(products);
    return products.map((p, j) => subtract(p, multiply(yRow[j] as number, total)));
  });
}

/** The softmax of a row, with the largest element and the sum of the exponentials, which the fused loss needs too. */
export function softmax(x: Float32Array): { y: Float32Array; maximum: number; total: number } {
  const maximum = Math.max(...x);
  const exponentials = x.map((value) => expNegative(subtract(value, maximum)));
  const total = sum(exponentials);
  return { y: exponentials.map((e) => divide(e, total)), maximum, total };
}
