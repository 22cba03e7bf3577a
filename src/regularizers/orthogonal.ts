import { describe, describeShape } from "../arrays.js";
import { callable, type MemberFunction } from "../callable.js";
import { checkNumber, checkOptions } from "../checks.js";
import { ShapeError } from "../errors.js";
import type { Arena } from "../wasm/arena.js";
import { offset, type Pointer, SCRATCH_LENGTH, toStride, toVectors } from "../wasm/kernels.js";
import { measureArray } from "./measure-array.js";
import type { Penalized, Regularizer } from "./regularizer.js";

export interface OrthogonalOptions {
  /** At least 0. Default 0.01. */
  readonly factor?: number;
  /** What is to be orthogonal to each other. Default 'rows'. */
  readonly mode?: "rows" | "columns";
}

/** The most that a vector is multiplied by to have length 1, as in Keras. */
const LARGEST_INVERSE = 1e7;

/**
 * factor times the mean of |cos| of the angle between two rows, or two columns, over all pairs (Keras:
 * OrthogonalRegularizer). Of a matrix with only one of them it is 0, where Keras divides 0 by 0.
 *
 * @throws TypeError, RangeError for options out of range; ShapeError when it is put on what is no matrix.
 */
export const orthogonal: MemberFunction<OrthogonalOptions, Regularizer, number> = /* @__PURE__ */ callable(
  (options: OrthogonalOptions) => {
    const where = "orthogonal";
    checkOptions(options, ["factor", "mode"], where);
    const { factor = 0.01, mode = "rows" } = options;
    checkNumber(factor, `${where}: factor`, "a number of at least 0", (value) => value >= 0);
    if (mode !== "rows" && mode !== "columns") {
      throw new RangeError(`${where}: mode: expected 'rows' or 'columns', got ${describe(mode)}`);
    }
    /** The vectors that are compared. */
    const vectorsOf = ({ rows, width, stride }: Pick<Penalized, "rows" | "width" | "stride">): Vectors =>
      mode === "rows"
        ? { count: rows, length: width, step: stride, within: 1 }
        : { count: width, length: rows, step: 1, within: stride };
    return {
      className: "OrthogonalRegularizer",
      config: { factor, mode },
      couplesRows: true,
      checkShape(shape) {
        if (shape.length !== 2) {
          throw new ShapeError(`regularizer ${where}: expected a matrix, got shape ${describeShape(shape)}`);
        }
      },
      workspaceLength(rows, width) {
        const { count, length } = vectorsOf({ rows, width, stride: toStride(width) });
        return layOut(0 as Pointer, count, length).end / 4;
      },
      penalty(arena, penalized, workspace) {
        const vectors = vectorsOf(penalized);
        if (vectors.count < 2) return 0;
        const { total } = compare(arena, penalized.pointer, vectors, workspace);
        return (factor * total) / (vectors.count * (vectors.count - 1));
      },
      addGradient(arena, gradient, penalized, scale, workspace) {
        const vectors = vectorsOf(penalized);
        if (vectors.count < 2) return;
        const perPair = (2 * scale * factor) / (vectors.count * (vectors.count - 1));
        addSlopes(arena, gradient, vectors, perPair, workspace, compare(arena, penalized.pointer, vectors, workspace));
      },
    };
  },
  measureArray,
);

interface Vectors {
  readonly count: number;
  readonly length: number;
  /** Floats from one vector to the next, and from one element to the next. */
  readonly step: number;
  readonly within: number;
}

interface Compared {
  /** What each vector was multiplied by. */
  readonly inverses: Float64Array;
  /** The sum of |u·v| over all u and all v but u itself. */
  readonly total: number;
}

function layOut(workspace: Pointer, count: number, length: number) {
  const stride = toStride(length);
  const signStride = toStride(count);
  const units = workspace;
  const directions = offset(units, count * stride + 4);
  const signs = offset(directions, count * stride + 4);
  const zeros = offset(signs, count * signStride + 4);
  const scratch = offset(zeros, Math.max(stride, signStride) + 8);
  return { stride, signStride, units, directions, signs, zeros, scratch, end: offset(scratch, SCRATCH_LENGTH) };
}

/** Leaves the vectors at length 1 in `units`, one to a row, and the signs of their products in `signs`, 0 on the diagonal. */
function compare(
  arena: Arena,
  source: Pointer,
  { count, length, step, within }: Vectors,
  workspace: Pointer,
): Compared {
  const { stride, signStride, units, signs, zeros, scratch } = layOut(workspace, count, length);
  const values = arena.floats(source, (count - 1) * step + (length - 1) * within + 1);
  const unit = arena.floats(units, count * stride).fill(0);
  const inverses = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let squares = 0;
    for (let j = 0; j < length; j++) squares += (values[i * step + j * within] as number) ** 2;
    const inverse = Math.min(1 / Math.sqrt(squares), LARGEST_INVERSE);
    for (let j = 0; j < length; j++) unit[i * stride + j] = (values[i * step + j * within] as number) * inverse;
    inverses[i] = inverse;
  }
  arena.floats(zeros, Math.max(stride, signStride) + 8).fill(0);
  arena.kernels.matmulTransposedB(
    signs,
    signStride,
    units,
    stride,
    units,
    stride,
    zeros,
    count,
    count,
    length,
    scratch,
  );
  const products = arena.floats(signs, count * signStride);
  let total = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const product = i === j ? 0 : (products[i * signStride + j] as number);
      total += Math.abs(product);
      products[i * signStride + j] = Math.sign(product);
    }
  }
  return { inverses, total };
}

/**
 * gradient += scale · d Σ |u·v| over all pairs. The sum of sign(u·v) · v over all others v is the direction that a unit
 * vector u is to leave; what of it lies along u would only change u's length, which does not count.
 */
function addSlopes(
  arena: Arena,
  gradient: Pointer,
  { count, length, step, within }: Vectors,
  scale: number,
  workspace: Pointer,
  { inverses }: Compared,
): void {
  const { stride, signStride, units, directions, signs, zeros, scratch } = layOut(workspace, count, length);
  const { kernels } = arena;
  kernels.matmul(directions, stride, signs, signStride, units, stride, zeros, count, toVectors(length), count, scratch);
  const target = arena.floats(gradient, (count - 1) * step + (length - 1) * within + 1);
  const unit = arena.floats(units, count * stride);
  const direction = arena.floats(directions, count * stride);
  for (let i = 0; i < count; i++) {
    const first = i * stride;
    const inverse = inverses[i] as number;
    let along = 0;
    // A vector that is too short for length 1 was multiplied by a constant
    if (inverse < LARGEST_INVERSE) {
      for (let j = 0; j < length; j++) along += (unit[first + j] as number) * (direction[first + j] as number);
    }
    for (let j = 0; j < length; j++) {
      const slope = (direction[first + j] as number) - along * (unit[first + j] as number);
      const at = i * step + j * within;
      target[at] = (target[at] as number) + scale * inverse * slope;
    }
  }
}
