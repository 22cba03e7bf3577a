/** From a model to the artifacts that describe it. */
import type { NDArray } from "../arrays.js";
import { joinBytes } from "../bytes.js";
import { FormatError, LanewiseError } from "../errors.js";
import { describeMember } from "../layers/common.js";
import type { Layer } from "../layers/index.js";
import { version } from "../version.js";
import { forTensorFlow } from "./activation.js";
import type { ModelArtifacts, WeightsManifestEntry } from "./artifacts.js";
import { readInitializer } from "./initializer.js";
import { type MakeModel, readTopology } from "./topology.js";
import { describeTraining, type Training } from "./training-config.js";

/** A layer in its place in a model. */
export interface PlacedLayer {
  readonly layer: Layer;
  readonly name: string;
  readonly inputShape: readonly number[];
  /** Of a layer that is a model: its layers. */
  readonly inner?: readonly PlacedLayer[];
}

export interface ModelDescription {
  readonly name: string;
  readonly layers: readonly PlacedLayer[];
  readonly weights: readonly { readonly path: string; readonly array: NDArray<Float32Array> }[];
  readonly training?: Training | undefined;
  /** What is to be kept for training that goes on. */
  readonly progress?: Progress | undefined;
}

export interface Progress {
  readonly optimizerState: readonly { readonly path: string; readonly array: NDArray<Float32Array | Int32Array> }[];
  readonly seed: number | undefined;
}

/** @throws LanewiseError for what could not be loaded again: layers and activations of the user's own, weights like NaN. */
export function toArtifacts(
  { name, layers, weights, training, progress }: ModelDescription,
  makeModel: MakeModel,
): ModelArtifacts {
  const modelTopology = {
    class_name: "Sequential",
    config: { name, layers: layers.map(describeLayer) },
    keras_version: "tfjs-layers 4.22.0",
    backend: "tensor_flow.js",
  };
  try {
    readTopology(modelTopology, "modelTopology", makeModel);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new LanewiseError(`the model can't be saved: ${error.message}`, { cause: error });
  }
  for (const { path, array } of weights) {
    const bad = array.data.find((value) => !Number.isFinite(value));
    if (bad !== undefined) throw new LanewiseError(`the model can't be saved: ${path}: a weight is ${bad}`);
  }
  const trainingConfig = training && describeTraining(training);
  // Without its settings the optimizer's state is of no use
  const { optimizerState = [], seed } = (trainingConfig && progress) ?? {};
  const arrays = [...weights, ...optimizerState].map(({ array: { data } }) => data);
  const bytes = joinBytes(arrays.map((data) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
  return {
    modelTopology,
    weightSpecs: [
      ...weights.map(({ path, array }) => describeWeight(path, array)),
      ...optimizerState.map(({ path, array }) => ({ ...describeWeight(path, array), group: "optimizer" as const })),
    ],
    weightData: bytes.slice().buffer,
    format: "layers-model",
    generatedBy: `lanewise ${version}`,
    convertedBy: null,
    ...(trainingConfig && { trainingConfig }),
    ...(seed !== undefined && { userDefinedMetadata: { lanewise: { seed } } }),
  };
}

function describeWeight(name: string, { shape, data }: NDArray<Float32Array | Int32Array>): WeightsManifestEntry {
  return { name, shape: [...shape], dtype: data instanceof Float32Array ? "float32" : "int32" };
}

function describeLayer({ layer, name, inputShape, inner }: PlacedLayer, index: number): object {
  if (inner) return { class_name: layer.className, config: { name, layers: inner.map(describeLayer) } };
  const common = {
    name,
    trainable: layer.trainable !== false,
    dtype: "float32",
    ...(index === 0 && { batch_input_shape: [null, ...inputShape] }),
  };
  const penalty = layer.activityRegularizer && { activity_regularizer: describeMember(layer.activityRegularizer) };
  // TensorFlow.js flattens no vectors. There the layer has nothing to do.
  if (layer.className === "Flatten" && inputShape.length === 1) {
    return { class_name: "Activation", config: { ...common, ...penalty, activation: "linear" } };
  }
  const config = structuredClone(forTensorFlow(layer.className, layer.config));
  const settings = Object.entries(config).filter((setting) => !isOwnInitializer(setting));
  return { class_name: layer.className, config: { ...common, ...Object.fromEntries(settings), ...penalty } };
}

/** An initializer of the user's own is not needed to load the weights, and would keep others from it. */
function isOwnInitializer([key, value]: readonly [string, unknown]): boolean {
  return key.endsWith("_initializer") && readInitializer(value, key) === undefined;
}
