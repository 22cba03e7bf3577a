import type { Kernels, Pointer } from "../wasm/kernels.js";

/** The address of one random stream: see assembly/random.ts. */
export interface RandomStream {
  readonly seedLow: number;
  readonly seedHigh: number;
  readonly stream: number;
}

/** Gives a weight its first values. */
export interface Initializer {
  /** The name under which Keras and TensorFlow.js know it in a saved model. */
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Writes the values of a weight of that shape, row-major and without gaps. out: room to the next multiple of 4. */
  fill(kernels: Kernels, out: Pointer, shape: readonly number[], random: RandomStream): void;
}

/** The numbers of inputs and outputs of a weight, as Keras counts them: of a vector, its length for both. */
export function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const [first = 1, second = first] = shape;
  return { fanIn: first, fanOut: second };
}
