/** From a saved model to everything that a model is made of, all of it checked. */
import { describe, isTypedArray, type NDArray } from "../arrays.js";
import { joinBytes } from "../bytes.js";
import { FormatError } from "../errors.js";
import type { Layer } from "../layers/index.js";
import { checkSeed } from "../random.js";
import { type ForeignArtifacts, isLoader, type ModelSource, type NamedArtifacts } from "./artifacts.js";
import { asObject, blameFile } from "./checks.js";
import type { readSavedTraining, SavedTraining } from "./load-training.js";
import { checkMetadata, isPlainObject, OWN_KEY, type UserDefinedMetadata } from "./metadata.js";
import { listWeights, type PlacedLayer } from "./placed-layers.js";
import { readArtifacts } from "./read-files.js";
import { type MakeModel, readTopology } from "./topology.js";
import { readWeights } from "./weights.js";

export interface SavedModel extends Partial<SavedTraining> {
  readonly name: string;
  readonly layers: readonly Layer[];
  /** In the order of the layers, and within a layer in its own. */
  readonly weights: readonly NDArray<Float32Array>[];
  /** That of the training which led there. */
  readonly seed: number | undefined;
  /** The user's. */
  readonly metadata: UserDefinedMetadata;
}

/** Puts layers into their places. Throws where they do not fit. */
type Connect = (layers: readonly Layer[], inputShape: readonly number[]) => readonly PlacedLayer[];

/** Reads what `compile` was given. */
type ReadTraining = (...given: Parameters<typeof readSavedTraining>) => Promise<SavedTraining>;

/**
 * @param readTraining Without it what training needs is passed over.
 * @throws TypeError, LanewiseError, FormatError: see Sequential.load.
 */
export async function readModel(
  source: ModelSource,
  connect: Connect,
  makeModel: MakeModel,
  readTraining?: ReadTraining,
): Promise<SavedModel> {
  if (typeof source === "string" || source instanceof URL) {
    if (`${source}` === "") throw new TypeError('load: expected a path or a URL, got ""');
    return restore(await readArtifacts(source), connect, makeModel, readTraining);
  }
  if (typeof source !== "object" || source === null) {
    throw new TypeError(`load: expected a path, a URL, model artifacts or a loader, got ${describe(source)}`);
  }
  const [artifacts, { name = "model artifacts" }] = isLoader(source) ? [await source.load(), source] : [source, {}];
  return restore({ artifacts: asObject(artifacts, name), name, weightsName: name }, connect, makeModel, readTraining);
}

async function restore(
  source: NamedArtifacts,
  connect: Connect,
  makeModel: MakeModel,
  readTraining: ReadTraining | undefined,
): Promise<SavedModel> {
  const { artifacts, name: file, weightsName } = source;
  const { format, modelTopology, weightData, trainingConfig, userDefinedMetadata } = artifacts;
  if (format != null && format !== "layers-model") {
    throw new FormatError(`${file}: expected the format 'layers-model', got ${describe(format)}`);
  }
  const where = `${file}: userDefinedMetadata`;
  const own = readOwnMetadata(userDefinedMetadata, where);
  const { name, inputShape, layers } = readTopology(modelTopology, `${file}: modelTopology`, makeModel);
  const placed = blameFile(file, () => connect(layers, inputShape));
  const places = listWeights(placed);
  for (const { path, check } of places) blameFile(`${file}: ${path}`, check);
  const bytes = toBytes(weightData, weightsName);
  const weights = readWeights(source, bytes, places);
  const given =
    trainingConfig == null
      ? { config: own.training, path: `${where}.lanewise.training_config` }
      : { config: trainingConfig, path: `${file}: trainingConfig` };
  return {
    name,
    layers,
    weights,
    ...(given.config != null && (await readTraining?.(source, bytes, places, given.config, given.path))),
    seed: own.seed,
    metadata: readMetadata(userDefinedMetadata, where),
  };
}

/** What TensorFlow.js has passed over. */
function readOwnMetadata(source: unknown, where: string): { seed: number | undefined; training: unknown } {
  const { lanewise } = (source ?? {}) as { readonly lanewise?: unknown };
  const { seed, training_config: training } = asObject(lanewise ?? {}, `${where}.lanewise`);
  return {
    seed: seed === undefined ? undefined : blameFile(where, () => checkSeed(seed, "seed")),
    training,
  };
}

/** The user's part. What is no object says nothing. */
function readMetadata(source: ForeignArtifacts["userDefinedMetadata"], where: string): UserDefinedMetadata {
  if (!isPlainObject(source)) return {};
  const { [OWN_KEY]: _, ...metadata } = source;
  return blameFile(where, () => checkMetadata(metadata, "metadata"));
}

function toBytes(data: ForeignArtifacts["weightData"], where: string): Uint8Array {
  const parts = Array.isArray(data) ? data : [data];
  return joinBytes(
    parts.map((part: unknown) => {
      // The tag, as `instanceof` fails for buffers of another realm.
      if (Object.prototype.toString.call(part) === "[object ArrayBuffer]") return new Uint8Array(part as ArrayBuffer);
      if (isTypedArray(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
      throw new FormatError(`${where}: expected an ArrayBuffer of weights, got ${describe(part)}`);
    }),
  );
}
