/** Bringing host arrays of any rank into rows, and together, as Keras does. */
import { describeShape, type NDArray, sizeOf } from "../arrays.js";
import { ShapeError } from "../errors.js";

type Shape = readonly number[];

/**
 * The shapes in one rank, where one of them has a last dimension of 1 that the other lacks (Keras's
 * squeeze_or_expand_to_same_rank): a vector gets it, of all others it is taken away.
 */
export function toSameRank(a: Shape, b: Shape): readonly [Shape, Shape] {
  if (a.length === b.length + 1 && a.at(-1) === 1) return b.length === 1 ? [a, [...b, 1]] : [a.slice(0, -1), b];
  if (b.length === a.length + 1 && b.at(-1) === 1) return a.length === 1 ? [[...a, 1], b] : [a, b.slice(0, -1)];
  return [a, b];
}

/** The shape that both broadcast to, as in NumPy. @throws ShapeError when there is none. */
export function commonShape(a: Shape, b: Shape, what: string): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    if (m !== n && m !== 1 && n !== 1) {
      throw new ShapeError(`${what}: expected a shape that broadcasts to ${describeShape(a)}, got ${describeShape(b)}`);
    }
    return m === 1 ? n : m;
  });
}

/** Repeats the data of an array of `shape` along the dimensions in which `target` is longer. */
export function broadcast(data: ArrayLike<number>, shape: Shape, target: Shape): Float32Array {
  if (data.length === sizeOf(target)) return Float32Array.from(data);
  const missing = target.length - shape.length;
  const steps = strides(shape).map((step, i) => (shape[i] === 1 ? 0 : step));
  return readInOrder(data, target, [...new Array<number>(missing).fill(0), ...steps]);
}

/** The data with some axes brought to the end, in row-major order. */
export function withAxesLast({ data, shape }: NDArray, axes: readonly number[]): Float32Array {
  const order = [...shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes);
  if (order.every((axis, i) => axis === i)) return Float32Array.from(data);
  const steps = strides(shape);
  return readInOrder(
    data,
    order.map((axis) => shape[axis] as number),
    order.map((axis) => steps[axis] as number),
  );
}

/** The elements of a shape in row-major order, each axis moving by its own step through the data. */
function readInOrder(data: ArrayLike<number>, shape: Shape, steps: readonly number[]): Float32Array {
  const out = new Float32Array(sizeOf(shape));
  let next = 0;
  const read = (axis: number, from: number): void => {
    if (axis === shape.length) {
      out[next++] = data[from] as number;
      return;
    }
    for (let i = 0; i < (shape[axis] as number); i++) read(axis + 1, from + i * (steps[axis] as number));
  };
  read(0, 0);
  return out;
}

function strides(shape: Shape): number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
}
