import { sizeOf } from "../arrays.js";
import { checkSeed, keyOf } from "../random.js";
import type { Arena } from "../wasm/arena.js";
import type { Pointer } from "../wasm/kernels.js";

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
  /**
   * Writes the values of a weight of that shape, row-major and without gaps. out: room to the next multiple of 4.
   *
   * @throws ShapeError when there are no such weights of that shape.
   */
  fill(arena: Arena, out: Pointer, shape: readonly number[], random: RandomStream): void;
}

/** What every random initializer takes. */
export interface SeedOptions {
  /**
   * Fixes the values, whatever the model's seed and wherever the weight stands: weights of one shape get the same values
   * from the same seed. A safe integer of at least 0. Default: the model's seed, of which each weight has a stream of its
   * own.
   */
  readonly seed?: number | null;
}

/** The stream of an initializer with a seed of its own, out of reach of those of a model's weights. */
const SEEDED_STREAM = 0x30000;

/**
 * Where an initializer gets its random words for a weight: from the stream `ofWeight`, unless it has a seed of its own.
 *
 * @throws TypeError, RangeError for a seed that is none.
 */
export function seeded(seed: number | null | undefined, where: string): (ofWeight: RandomStream) => RandomStream {
  if (seed == null) return (ofWeight) => ofWeight;
  const [seedLow, seedHigh] = keyOf(checkSeed(seed, `${where}: seed`));
  return () => ({ seedLow, seedHigh, stream: SEEDED_STREAM });
}

/**
 * The numbers of inputs and outputs of a weight, as Keras counts them: the sizes of its last two axes, each times those of all
 * before; of a vector, its length for both.
 */
export function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const [inputs = 1, outputs = inputs] = shape.slice(-2);
  const field = sizeOf(shape.slice(0, -2));
  return { fanIn: field * inputs, fanOut: field * outputs };
}
