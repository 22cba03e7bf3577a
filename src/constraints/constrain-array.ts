import { type ArrayInput, type NDArray, ndarray, sizeOf, toNDArray } from "../arrays.js";
import { toStride } from "../wasm/kernels.js";
import { readRows, writeRows } from "../wasm/rows.js";
import { onSharedArena } from "../wasm/shared.js";
import type { Constraint } from "./constraint.js";

/** What the constraint makes of a host array of any shape: a fresh array. @throws RangeError for an axis that there is not. */
export function constrainArray(constraint: Constraint, array: ArrayInput): NDArray<Float32Array> {
  const { data, shape } = toNDArray(array, "w");
  constraint.checkShape?.(shape);
  return onSharedArena((arena) => {
    const width = shape.at(-1) ?? 1;
    const rows = sizeOf(shape.slice(0, -1));
    const stride = toStride(width);
    const weight = { pointer: arena.allocate(rows * stride), rows, width, stride, shape };
    const workspace = arena.allocate(constraint.workspaceLength?.(rows, width) ?? 0);
    writeRows(arena, weight, data);
    constraint.apply(arena, weight, workspace);
    return ndarray(readRows(arena, weight), shape);
  });
}
