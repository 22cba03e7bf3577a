/** From a saved model to everything that a model is made of, all of it checked. */
import { describe, isTypedArray, type NDArray } from "../arrays.js";
import { joinBytes } from "../bytes.js";
import { FormatError } from "../errors.js";
import type { Layer } from "../layers/index.js";
import { checkSeed } from "../random.js";
import type { ForeignArtifacts, ModelSource, NamedArtifacts, TrainingConfig } from "./artifacts.js";
import { asObject, blameFile } from "./checks.js";
import { readMetadata, type UserDefinedMetadata } from "./metadata.js";
import { fromTensorFlow, type OptimizerState } from "./optimizer-state.js";
import { listWeights, type PlacedLayer } from "./placed-layers.js";
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
  /** What the optimizer remembers, if it has been saved. */
  readonly optimizerState: OptimizerState | undefined;
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
  const { name, inputShape, layers } = readTopology(modelTopology, `${file}: modelTopology`, makeModel);
  const placed = blameFile(file, () => connect(layers, inputShape));
  const bytes = toBytes(weightData, weightsName);
  const weights = readWeights(source, bytes, listWeights(placed));
  const where = `${file}: userDefinedMetadata`;
  const own = readOwnMetadata(userDefinedMetadata, where);
  return {
    name,
    layers,
    weights,
    training: trainingConfig == null ? own.training : readTraining(trainingConfig, `${file}: trainingConfig`),
    optimizerState: readState(source, bytes),
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

function readState(source: NamedArtifacts, bytes: Uint8Array): OptimizerState | undefined {
  const state = readOptimizerState(source, bytes);
  const { optimizer_config: optimizer } = (source.artifacts.trainingConfig ?? {}) as Partial<TrainingConfig>;
  return state && optimizer ? fromTensorFlow(state, optimizer) : state;
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
