/** From the bytes of a saved model to its weights. */
import { describe, describeShape, type NDArray, ndarray, sizeOf } from "../arrays.js";
import { FormatError } from "../errors.js";
import type { NamedArtifacts } from "./artifacts.js";
import { asList, asNumber, asObject, asShape, asText, type JsonObject } from "./checks.js";
import { ITERATIONS, type OptimizerState } from "./optimizer-state.js";
import type { PlacedWeight } from "./placed-layers.js";
import { dequantize, type Quantization } from "./quantization.js";

/** A weight that the model needs. */
type ExpectedWeight = Pick<PlacedWeight, "name" | "path" | "shape">;

interface StoredWeight {
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
 * The expected weights, in their order, from the bytes that the weightSpecs describe one after the other.
 *
 * @throws FormatError unless the entries and the bytes are these weights, no more and no less, and all are finite.
 */
export function readWeights(
  { artifacts, name: where, weightsName }: NamedArtifacts,
  bytes: Uint8Array,
  expected: readonly ExpectedWeight[],
): NDArray<Float32Array>[] {
  const entries = readEntries(artifacts.weightSpecs, where);
  checkByteLength(bytes, artifacts.weightSpecs, weightsName, where);
  const stored = matchWeights(
    entries.filter(({ ofOptimizer }) => !ofOptimizer),
    expected,
    where,
  );
  return expected.map(({ path, shape }, index) => {
    const weight = stored[index] as StoredWeight;
    if (describeShape(weight.shape) !== describeShape(shape)) {
      const [got, wanted] = [weight.shape, shape].map(describeShape);
      throw new FormatError(`${where}: ${path}: expected shape ${wanted}, got ${got} (${describe(weight.name)})`);
    }
    const values = decode(weight, bytes) as Float32Array;
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new FormatError(`${weightsName}: ${path}: expected finite numbers, got ${values[bad]}`);
    return ndarray(values, shape);
  });
}

/** What the optimizer remembers, if that has been saved. Which weight it is of is told by the order. */
export function readOptimizerState(
  { artifacts, name: where }: NamedArtifacts,
  bytes: Uint8Array,
): OptimizerState | undefined {
  const entries = readEntries(artifacts.weightSpecs, where).filter(({ ofOptimizer }) => ofOptimizer);
  const slots = new Map<string, NDArray<Float32Array | Int32Array>[]>();
  for (const entry of entries) {
    // The name of the weight stands before: `dense/kernel/m`
    const slot = entry.name.split("/").at(-1) as string;
    slots.set(slot, [...(slots.get(slot) ?? []), ndarray(decode(entry, bytes), entry.shape)]);
  }
  const iterations = slots.get(ITERATIONS)?.[0]?.data[0];
  if (iterations === undefined) return undefined;
  if (!Number.isInteger(iterations) || iterations < 0) {
    throw new FormatError(`${where}: ${ITERATIONS}: expected a number of steps, got ${iterations}`);
  }
  return { iterations, slots };
}

/**
 * @param what What holds the bytes, and `where` what holds the list of weights, for messages.
 * @throws FormatError unless the bytes are as many as the list says, or for a list that is none.
 */
export function checkByteLength({ length }: Uint8Array, weights: unknown, what: string, where: string): void {
  const expected = readEntries(weights, where).at(-1)?.end ?? 0;
  if (length !== expected) throw new FormatError(`${what}: expected ${expected} bytes of weights, got ${length}`);
}

function readEntries(source: unknown, where: string): StoredWeight[] {
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

/**
 * The stored weights in the expected order. They are found by the end of their names, the longest that is known:
 * `sequential/dense/kernel` may be meant by `my_model/sequential/dense/kernel`. Or, if not one name is known, by their order.
 */
function matchWeights(
  stored: readonly StoredWeight[],
  expected: readonly ExpectedWeight[],
  where: string,
): readonly StoredWeight[] {
  const known = new Map(expected.flatMap(({ name, path }) => [[path, name] as const]));
  for (const { name } of expected) known.set(name, name);
  const byName = new Map<string, StoredWeight>();
  for (const weight of stored) {
    const end = endsOf(weight.name).find((one) => known.has(one));
    const name = end === undefined ? weight.name : (known.get(end) as string);
    if (byName.has(name)) throw new FormatError(`${where}: the weight ${describe(name)} is there twice`);
    byName.set(name, weight);
  }
  const found = expected.map(({ name }) => byName.get(name));
  if (stored.length === expected.length && found.every((weight) => weight === undefined)) return stored;
  const used = new Set(found);
  const missing = expected.filter((_, index) => !found[index]).map(({ path }) => path);
  const extra = stored.filter((weight) => !used.has(weight)).map(({ name }) => name);
  if (missing.length > 0) throw new FormatError(`${where}: expected the weights ${list(missing)}, got ${list(extra)}`);
  if (extra.length > 0) throw new FormatError(`${where}: there are weights that no layer has: ${list(extra)}`);
  return found as readonly StoredWeight[];
}

/** `a/b/c`, then `b/c`, then `c`. */
function endsOf(name: string): string[] {
  const parts = name.split("/");
  return parts.map((_, index) => parts.slice(index).join("/"));
}

function list(names: readonly string[]): string {
  if (names.length === 0) return "none";
  return `${names.slice(0, 5).map(describe).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`;
}

function decode({ start, end, dtype, quantization }: StoredWeight, bytes: Uint8Array): Float32Array | Int32Array {
  // A copy, which starts where a typed array may start.
  const stored = bytes.slice(start, end);
  if (quantization) {
    const values = dequantize(stored, quantization);
    return dtype === "int32" ? Int32Array.from(values, Math.round) : values;
  }
  return dtype === "int32" ? new Int32Array(stored.buffer) : new Float32Array(stored.buffer);
}
