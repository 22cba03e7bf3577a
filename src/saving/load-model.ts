/** From a saved model to everything that a model is made of, all of it checked. */
import { describe, isTypedArray, type NDArray } from "../arrays.js";
import { joinBytes } from "../bytes.js";
import { FormatError } from "../errors.js";
import type { Layer } from "../layers/index.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { checkSeed } from "../random.js";
import type { ForeignArtifacts, ModelSource, NamedArtifacts } from "./artifacts.js";
import { asObject, blameFile, type JsonObject } from "./checks.js";
import { readMetadata, type UserDefinedMetadata } from "./metadata.js";
import { fromTensorFlow, matchState } from "./optimizer-state.js";
import { listWeights, type PlacedLayer, type PlacedWeight } from "./placed-layers.js";
import { readArtifacts } from "./read-files.js";
import { type MakeModel, readTopology } from "./topology.js";
import { readTraining, type Training } from "./training-config.js";
import { readOptimizerState, readWeights } from "./weights.js";

export interface SavedModel {
  readonly name: string;
  readonly layers: readonly Layer[];
  /** In the order of the layers, and within a layer in its own. */
  readonly weights: readonly NDArray<Float32Array>[];
  readonly training: Training | undefined;
  /** What the optimizer remembers, if it has been saved, and is for these weights. */
  readonly optimizerState: ReturnType<typeof matchState>;
  /** That of the training which led there. */
  readonly seed: number | undefined;
  /** The user's. */
  readonly metadata: UserDefinedMetadata;
}

/** Puts layers into their places. Throws where they do not fit. */
type Connect = (layers: readonly Layer[], inputShape: readonly number[]) => readonly PlacedLayer[];

/** @throws TypeError, LanewiseError, FormatError: see Sequential.load. */
export async function readModel(source: ModelSource, connect: Connect, makeModel: MakeModel): Promise<SavedModel> {
  if (typeof source === "string" || source instanceof URL) {
    if (`${source}` === "") throw new TypeError('load: expected a path or a URL, got ""');
    return restore(await readArtifacts(source), connect, makeModel);
  }
  if (typeof source !== "object" || source === null) {
    throw new TypeError(`load: expected a path, a URL or model artifacts, got ${describe(source)}`);
  }
  return restore({ artifacts: source, name: "model artifacts", weightsName: "model artifacts" }, connect, makeModel);
}

function restore(source: NamedArtifacts, connect: Connect, makeModel: MakeModel): SavedModel {
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
  const training = trainingConfig == null ? own.training : readTraining(trainingConfig, `${file}: trainingConfig`);
  return {
    name,
    layers,
    weights,
    training,
    optimizerState: training && readState(source, bytes, training.optimizer, places),
    seed: own.seed,
    metadata: readMetadata(userDefinedMetadata, where),
  };
}

/** What TensorFlow.js has passed over. */
function readOwnMetadata(source: unknown, where: string): Pick<SavedModel, "seed" | "training"> {
  const { lanewise } = (source ?? {}) as { readonly lanewise?: unknown };
  const { seed, training_config: training } = asObject(lanewise ?? {}, `${where}.lanewise`);
  return {
    seed: seed === undefined ? undefined : blameFile(where, () => checkSeed(seed, "seed")),
    training: readTraining(training, `${where}.lanewise.training_config`),
  };
}

function readState(
  source: NamedArtifacts,
  bytes: Uint8Array,
  optimizer: Optimizer,
  places: readonly PlacedWeight[],
): SavedModel["optimizerState"] {
  const where = `${source.name}: trainingConfig.optimizer_config`;
  const { optimizer_config: described } = (source.artifacts.trainingConfig ?? {}) as JsonObject;
  const stored = readOptimizerState(source, bytes);
  const own = stored && described !== undefined ? fromTensorFlow(stored, described, where) : stored;
  const state = own && matchState(own, optimizer, places);
  // A schedule for the learning rate goes on from there
  if (state && state.iterations > 0) blameFile(where, () => optimizer.step(state.iterations));
  return state;
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
