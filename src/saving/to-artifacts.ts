/** From a model to the artifacts that describe it. */
import { type NDArray, ndarray } from "../arrays.js";
import { joinBytes } from "../bytes.js";
import { FormatError, LanewiseError } from "../errors.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { version } from "../version.js";
import type { FullTrainingConfig, ModelArtifacts, TrainingConfig, WeightsManifestEntry } from "./artifacts.js";
import { describeLayers } from "./describe-layers.js";
import { OWN_KEY, type UserDefinedMetadata } from "./metadata.js";
import { ITERATIONS, type OptimizerState, toTensorFlow } from "./optimizer-state.js";
import { listWeights, type PlacedLayer, type PlacedWeight } from "./placed-layers.js";
import { type MakeModel, readTopology } from "./topology.js";
import { describeForTensorFlow, describeTraining, type Training } from "./training-config.js";

export interface ModelDescription {
  readonly name: string;
  readonly layers: readonly PlacedLayer[];
  /** In the order of the layers, and within a layer in its own. */
  readonly weights: readonly NDArray<Float32Array>[];
  readonly training?: Training | undefined;
  /** What is to be kept for training that goes on. */
  readonly progress?: Progress | undefined;
  /** The user's. */
  readonly metadata: UserDefinedMetadata;
}

export interface Progress {
  readonly optimizerState: OptimizerState;
  readonly seed: number | undefined;
}

/** @throws LanewiseError for what could not be loaded again: layers and activations of the user's own, weights like NaN. */
export function toArtifacts(
  { name, layers, weights, training, progress, metadata }: ModelDescription,
  makeModel: MakeModel,
): ModelArtifacts {
  const modelTopology = {
    class_name: "Sequential",
    config: { name, layers: describeLayers(layers) },
    keras_version: "tfjs-layers 4.22.0",
    backend: "tensor_flow.js",
  };
  try {
    readTopology(modelTopology, "modelTopology", makeModel);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new LanewiseError(`the model can't be saved: ${error.message}`, { cause: error });
  }
  const places = listWeights(layers);
  for (const [index, { data }] of weights.entries()) {
    const bad = data.find((value) => !Number.isFinite(value));
    if (bad !== undefined)
      throw new LanewiseError(`the model can't be saved: ${places[index]?.path}: a weight is ${bad}`);
  }
  const full = training && describeTraining(training);
  const { trainingConfig, state } = full ? placeTraining(full, training.optimizer, progress, places) : {};
  // Without its settings the optimizer's state and its seed are of no use
  const own = {
    ...(full && progress?.seed !== undefined && { seed: progress.seed }),
    ...(full && !trainingConfig && { training_config: full }),
  };
  const userDefinedMetadata = {
    ...structuredClone(metadata),
    ...(Object.keys(own).length > 0 && { [OWN_KEY]: own }),
  };
  const entries = [
    ...weights.map((array, index) => describeWeight(places[index]?.name as string, array)),
    ...(state ? describeState(state, places) : []),
  ];
  const arrays = entries.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return {
    modelTopology,
    weightSpecs: entries.map(({ spec }) => spec),
    weightData: joinBytes(arrays).slice().buffer,
    format: "layers-model",
    generatedBy: `lanewise ${version}`,
    convertedBy: null,
    ...(trainingConfig && { trainingConfig }),
    ...(Object.keys(userDefinedMetadata).length > 0 && { userDefinedMetadata }),
  };
}

interface PlacedTraining {
  /** Absent where TensorFlow.js could not load the model with it. */
  readonly trainingConfig?: TrainingConfig | undefined;
  readonly state?: OptimizerState | undefined;
}

function placeTraining(
  full: FullTrainingConfig,
  optimizer: Optimizer,
  progress: Progress | undefined,
  places: readonly PlacedWeight[],
): PlacedTraining {
  const trainingConfig = describeForTensorFlow(full, optimizer);
  if (!progress) return { trainingConfig };
  const own = { state: progress.optimizerState };
  // TensorFlow.js tells state by the order of the weights that it trains
  const isInOrder = places.every(({ hasSlots, learns }) => hasSlots === learns);
  if (!trainingConfig || !isInOrder) return own;
  const state = toTensorFlow(progress.optimizerState, optimizer);
  return state ? { trainingConfig, state } : own;
}

interface Entry {
  readonly spec: WeightsManifestEntry;
  readonly data: Float32Array | Int32Array;
}

function describeWeight(name: string, { shape, data }: NDArray<Float32Array | Int32Array>): Entry {
  return { spec: { name, shape: [...shape], dtype: data instanceof Float32Array ? "float32" : "int32" }, data };
}

/** In TensorFlow.js's order: `iter`, then the first slot of all weights, `dense/kernel/m`, then the second. */
function describeState({ iterations, slots }: OptimizerState, places: readonly PlacedWeight[]): Entry[] {
  const names = places.filter(({ hasSlots }) => hasSlots).map(({ name }) => name);
  return [
    describeWeight(ITERATIONS, ndarray(Int32Array.of(iterations), [])),
    ...[...slots].flatMap(([slot, arrays]) =>
      arrays.map((array, index) => describeWeight(`${names[index]}/${slot}`, array)),
    ),
  ].map(({ spec, data }) => ({ spec: { ...spec, group: "optimizer" }, data }));
}
