import { type ArrayInput, sizeOf, toNDArray } from "../arrays.js";
import { toStride } from "../wasm/kernels.js";
import { writeRows } from "../wasm/rows.js";
import { onSharedArena } from "../wasm/shared.js";
import type { Regularizer } from "./regularizer.js";

/** The penalty on a host array. @throws TypeError, ShapeError when it is no array that the penalty can be put on. */
export function measureArray(regularizer: Regularizer, array: ArrayInput): number {
  const { data, shape } = toNDArray(array, "w");
  regularizer.checkShape?.(shape);
  const width = shape.at(-1) ?? 1;
  const rows = sizeOf(shape.slice(0, -1));
  return onSharedArena((arena) => {
    const stride = toStride(width);
    const penalized = { pointer: arena.allocate(rows * stride), rows, width, stride, zeroBetween: true };
    const workspace = arena.allocate(regularizer.workspaceLength?.(rows, width) ?? 0);
    writeRows(arena, penalized, data);
    return regularizer.penalty(arena, penalized, workspace);
  });
}
