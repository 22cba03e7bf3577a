/** From the bytes of a saved model to its weights. */
import { describe, describeShape, type NDArray, ndarray } from "../arrays.js";
import { FormatError } from "../errors.js";
import type { NamedArtifacts } from "./artifacts.js";
import type { PlacedWeight } from "./placed-layers.js";
import { checkByteLength, decode, readEntries, type StoredWeight } from "./stored-weights.js";

/** A weight that the model needs. */
type ExpectedWeight = Pick<PlacedWeight, "name" | "path" | "shape">;

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
