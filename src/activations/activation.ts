import type { ArrayInput, NDArray } from "../arrays.js";
import { toSnakeCase } from "../lookup.js";
import type { Kernels, Pointer } from "../wasm/kernels.js";

/** A batch of rows in linear memory: `width` values each, `stride` (a multiple of 4) floats apart. */
export interface BatchShape {
  readonly rows: number;
  readonly width: number;
  readonly stride: number;
}

/** Axes counted from the front, that of the batch being 0, or backward from the end, the last being -1. Null: all. */
export type Axis = number | readonly number[] | null;

/** A function from a layer's output to an output of the same shape. */
export interface Activation {
  /** Its name in the table `activations`. */
  readonly name: string;
  /** Its parameters, in Keras's names. */
  readonly config: Readonly<Record<string, unknown>>;
  /** False where a parameter differs from its default, so that the name alone does not tell all. */
  readonly isDefault?: boolean;
  /** The class of layer that it is in Keras as well. */
  readonly layerClass?: string;
  /**
   * What its derivative is found from. With "y" it works in place: y may be x, and dX may be dY. With "x" layers keep their
   * input, and the four are apart.
   */
  readonly derivativeFrom: "x" | "y";
  /** Present where a value depends on others: on those along these axes. The kernels have them in rows. */
  readonly axis?: Axis;
  /** y = f(x). */
  forward(kernels: Kernels, y: Pointer, x: Pointer, shape: BatchShape): void;
  /** dX = dY · f'(x), found from x or from y as `derivativeFrom` says. */
  backward(kernels: Kernels, dX: Pointer, dY: Pointer, xOrY: Pointer, shape: BatchShape): void;
}

/** An activation as it stands in the config of a layer: its name or, where that does not tell all, class and parameters. */
export function describeActivation({ name, layerClass, config, isDefault = true }: Activation): unknown {
  const snakeCase = toSnakeCase(name);
  return isDefault ? snakeCase : { class_name: layerClass ?? snakeCase, config: { ...config } };
}

/** An activation that is also a function of host arrays. */
export interface CallableActivation extends Activation {
  /** f(x), a fresh array of x's shape. */
  (x: ArrayInput): NDArray<Float32Array>;
}

/** A member of `activations`: given options or nothing, it returns an activation; given an array, it applies it. */
export interface ActivationFunction<Options> {
  /** f(x), a fresh array of x's shape. */
  (x: ArrayInput, options?: Options): NDArray<Float32Array>;
  (options?: Options): CallableActivation;
}
