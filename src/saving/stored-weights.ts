/** The bytes of a saved model, cut into weights. */
import { describe, sizeOf } from "../arrays.js";
import { FormatError } from "../errors.js";
import { asList, asNumber, asObject, asShape, asText, type JsonObject } from "./checks.js";
import { dequantize, type Quantization } from "./quantization.js";

export interface StoredWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization: Quantization | undefined;
  /** What the optimizer remembers, not a weight of the model. */
  readonly ofOptimizer: boolean;
  /** Where its bytes are, the end not included. */
  readonly start: number;
  readonly end: number;
}

/**
 * @param what What holds the bytes, and `where` what holds the list of weights, for messages.
 * @throws FormatError unless the bytes are as many as the list says, or for a list that is none.
 */
export function checkByteLength({ length }: Uint8Array, weights: unknown, what: string, where: string): void {
  const expected = readEntries(weights, where).at(-1)?.end ?? 0;
  if (length !== expected) throw new FormatError(`${what}: expected ${expected} bytes of weights, got ${length}`);
}

/** What the weightSpecs describe, one after the other. @throws FormatError for what can't be a list of them. */
export function readEntries(source: unknown, where: string): StoredWeight[] {
  let end = 0;
  return asList(source, `${where}: list of weights`).map((item, index) => {
    const entry = asObject(item, `${where}: weight ${index}`);
    const name = asText(entry.name, `${where}: name of weight ${index}`);
    const place = `${where}: ${describe(name)}`;
    const shape = asShape(entry.shape, `${place}: shape`, 0);
    const ofOptimizer = entry.group === "optimizer";
    const dtype = asText(entry.dtype, `${place}: dtype`);
    if (dtype !== "float32" && !(ofOptimizer && dtype === "int32")) {
      throw new FormatError(`${place}: expected dtype 'float32', got ${describe(dtype)}`);
    }
    const quantization = entry.quantization == null ? undefined : readQuantization(entry.quantization, place);
    const start = end;
    end += sizeOf(shape) * (quantization?.itemSize ?? 4);
    return { name, shape, dtype, quantization, ofOptimizer, start, end };
  });
}

const ITEM_SIZES: Readonly<Record<string, 1 | 2>> = { float16: 2, uint8: 1, uint16: 2 };

function readQuantization(source: unknown, where: string): Quantization {
  const { dtype, scale, min }: JsonObject = asObject(source, `${where}: quantization`);
  const kind = asText(dtype, `${where}: quantization.dtype`);
  const itemSize = Object.hasOwn(ITEM_SIZES, kind) ? ITEM_SIZES[kind] : undefined;
  if (!itemSize) throw new FormatError(`${where}: expected quantization to float16, uint8 or uint16, got '${kind}'`);
  if (kind === "float16") return { itemSize };
  return { itemSize, scale: asNumber(scale, `${where}: scale`), min: asNumber(min, `${where}: min`) };
}

/** The numbers of one. */
export function decode(
  { start, end, dtype, quantization }: StoredWeight,
  bytes: Uint8Array,
): Float32Array | Int32Array {
  // A copy, which starts where a typed array may start.
  const stored = bytes.slice(start, end);
  if (quantization) {
    const values = dequantize(stored, quantization);
    return dtype === "int32" ? Int32Array.from(values, Math.round) : values;
  }
  return dtype === "int32" ? new Int32Array(stored.buffer) : new Float32Array(stored.buffer);
}
