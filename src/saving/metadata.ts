/** What the user keeps with a model, and no layer needs: the names of the classes, where the data came from. */
import { describe } from "../arrays.js";
import type { ForeignArtifacts, ModelArtifacts } from "./artifacts.js";
import { blameFile } from "./checks.js";

/** An object of what JSON can hold. */
export type UserDefinedMetadata = Readonly<Record<string, unknown>>;

/** Where the library keeps what TensorFlow.js has no place for. */
const OWN_KEY = "lanewise";

/** A copy. @throws TypeError unless it is an object that JSON can hold; RangeError for the library's own key. */
export function checkMetadata(metadata: unknown, where: string): UserDefinedMetadata {
  if (!isPlainObject(metadata)) throw new TypeError(`${where}: expected an object, got ${describe(metadata)}`);
  if (Object.hasOwn(metadata, OWN_KEY)) throw new RangeError(`${where}: the key '${OWN_KEY}' is taken`);
  checkJson(metadata, where, []);
  return structuredClone(metadata);
}

/** The artifacts, with the user's metadata beside the library's. */
export function withMetadata(artifacts: ModelArtifacts, metadata: UserDefinedMetadata): ModelArtifacts {
  if (Object.keys(metadata).length === 0) return artifacts;
  return { ...artifacts, userDefinedMetadata: { ...structuredClone(metadata), ...artifacts.userDefinedMetadata } };
}

/** The user's part. What is no object says nothing. */
export function readMetadata(source: ForeignArtifacts["userDefinedMetadata"], where: string): UserDefinedMetadata {
  if (!isPlainObject(source)) return {};
  const { [OWN_KEY]: _, ...metadata } = source;
  return blameFile(where, () => checkMetadata(metadata, "metadata"));
}

/** @param above What it stands in, so that a circle is seen. */
function checkJson(value: unknown, where: string, above: readonly object[]): void {
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return;
  if (!Array.isArray(value) && !isPlainObject(value)) {
    throw new TypeError(`${where}: expected what JSON can hold, got ${describe(value)}`);
  }
  if (above.includes(value)) throw new TypeError(`${where}: expected what JSON can hold, got an object within itself`);
  for (const [key, part] of Object.entries(value)) checkJson(part, `${where}.${key}`, [...above, value]);
}

function isPlainObject(value: unknown): value is UserDefinedMetadata {
  // The tag and not the prototype, which differs for objects of another realm
  return Object.prototype.toString.call(value) === "[object Object]";
}
