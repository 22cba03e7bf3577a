import type { Kernels, Pointer } from "../wasm/kernels.js";

/** A batch of rows in linear memory: `width` values each, `stride` (a multiple of 4) floats apart. */
export interface BatchShape {
  readonly rows: number;
  readonly width: number;
  readonly stride: number;
}

/** A function from a layer's output to an output of the same shape. Its derivative is found from what it returned. */
export interface Activation {
  readonly name: string;
  /** y = f(x). y may be x. */
  forward(kernels: Kernels, y: Pointer, x: Pointer, shape: BatchShape): void;
  /** dX = dY · f'(x), where y = f(x). dX may be dY. */
  backward(kernels: Kernels, dX: Pointer, dY: Pointer, y: Pointer, shape: BatchShape): void;
}
