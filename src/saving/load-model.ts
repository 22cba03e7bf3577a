/** From a saved model to everything that a model is made of, all of it checked. */
import { describe, isTypedArray, type NDArray } from "../arrays.js";
import { joinBytes } from "../bytes.js";
import { FormatError } from "../errors.js";
import type { Layer } from "../layers/index.js";
import { checkSeed } from "../random.js";
import type { ForeignArtifacts, ModelSource, NamedArtifacts } from "./artifacts.js";
import { blameFile } from "./checks.js";
import { readMetadata, type UserDefinedMetadata } from "./metadata.js";
import { readArtifacts } from "./read-files.js";
import type { PlacedLayer } from "./to-artifacts.js";
import { type MakeModel, readTopology } from "./topology.js";
import { readTraining, type Training } from "./training-config.js";
import { readOptimizerWeights, readWeights } from "./weights.js";

export interface SavedModel {
  readonly name: string;
  readonly layers: readonly Layer[];
  /** In the order of the layers, and within a layer in its own. */
  readonly weights: readonly NDArray<Float32Array>[];
  readonly training: Training | undefined;
  /** What the optimizer remembers, by name: `iter`, `dense/kernel/m`. Empty when it has not been saved. */
  readonly optimizerState: ReadonlyMap<string, NDArray<Float32Array | Int32Array>>;
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
  const expected = placed.flatMap(({ layer, name: layerName, inputShape: shape }) =>
    layer.weights(shape).map((weight) => ({ path: `${layerName}/${weight.name}`, shape: weight.shape })),
  );
  const bytes = toBytes(weightData, weightsName);
  return {
    name,
    layers,
    weights: readWeights(source, bytes, expected),
    training: readTraining(trainingConfig, `${file}: trainingConfig`),
    optimizerState: readOptimizerWeights(source, bytes),
    seed: readSeed(userDefinedMetadata, `${file}: userDefinedMetadata`),
    metadata: readMetadata(userDefinedMetadata, `${file}: userDefinedMetadata`),
  };
}

function readSeed(metadata: unknown, where: string): number | undefined {
  const { lanewise } = (metadata ?? {}) as { readonly lanewise?: { readonly seed?: unknown } | null };
  return lanewise?.seed === undefined ? undefined : blameFile(where, () => checkSeed(lanewise.seed, "seed"));
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
