/** A saved model in memory, as TensorFlow.js passes it around (`tf.io.ModelArtifacts`). */

export interface ModelArtifacts {
  /** The layers, in Keras's names. */
  readonly modelTopology: object;
  /** The weights in the order in which they stand in `weightData`. */
  readonly weightSpecs: WeightsManifestEntry[];
  /** All weights: little-endian float32 (and int32), row-major, without gaps. */
  readonly weightData: ArrayBuffer;
  readonly format: string;
  readonly generatedBy: string;
  readonly convertedBy: string | null;
  /** Present when the model is compiled with a loss and an optimizer that TensorFlow.js has. */
  readonly trainingConfig?: TrainingConfig;
  /** The user's; and, under `lanewise`, what TensorFlow.js has no place for. */
  readonly userDefinedMetadata?: { readonly lanewise?: OwnMetadata; readonly [key: string]: unknown };
}

export interface WeightsManifestEntry {
  /** layer/weight: `dense/kernel`. */
  readonly name: string;
  readonly shape: number[];
  readonly dtype: "float32" | "int32";
  /** `dense/kernel/m` is what the optimizer remembers of `dense/kernel`, `iter` how many steps it has taken. */
  readonly group?: "optimizer";
}

/** As TensorFlow.js understands it. */
export interface TrainingConfig {
  readonly optimizer_config: SavedMember;
  readonly loss: string;
  /** Those that TensorFlow.js has. */
  readonly metrics: string[];
  /** What is otherwise in truth. TensorFlow.js passes it over. */
  readonly lanewise?: Partial<FullTrainingConfig>;
}

/** All that `compile` was given. */
export interface FullTrainingConfig {
  readonly optimizer_config: SavedMember;
  readonly loss: string | SavedMember;
  readonly metrics: (string | SavedMember)[];
  readonly weighted_metrics: (string | SavedMember)[];
}

export interface OwnMetadata {
  /** With the state of the optimizer: the seed of the training that led there. */
  readonly seed?: number;
  /** In place of a `trainingConfig` with which TensorFlow.js could not load the model. */
  readonly training_config?: FullTrainingConfig;
}

/** A class of Keras or TensorFlow.js with its options. */
export interface SavedMember {
  readonly class_name: string;
  readonly config: object;
}

/** Artifacts that somebody else made. Everything in them is checked before it is used. */
export interface ForeignArtifacts {
  readonly modelTopology?: object | string | undefined;
  readonly weightSpecs?: readonly object[] | undefined;
  readonly weightData?: ArrayBuffer | ArrayBufferView | readonly (ArrayBuffer | ArrayBufferView)[] | undefined;
  readonly trainingConfig?: object | null | undefined;
  readonly format?: string | null | undefined;
  readonly userDefinedMetadata?: object | null | undefined;
}

/**
 * Takes models to another place than files, such as those of `lanewise/browser`. With ModelLoader it is what TensorFlow.js
 * calls a `tf.io.IOHandler`.
 */
export interface ModelSaver {
  save?(artifacts: ModelArtifacts): Promise<unknown>;
}

/** Brings a model from such a place. */
export interface ModelLoader {
  /** What error messages call the model. Default: "model artifacts". */
  readonly name?: string;
  load?(): Promise<ForeignArtifacts>;
}

/** Whether it is to be asked for the artifacts, rather than being them. */
export function isLoader(
  source: ForeignArtifacts | ModelLoader,
): source is ModelLoader & Required<Pick<ModelLoader, "load">> {
  return typeof (source as ModelLoader).load === "function";
}

/**
 * A directory, a path or URL (`file:`, `http:`, `https:`; as a string too) of a model.json, artifacts in memory, or an object
 * with `load()`.
 */
export type ModelSource = string | URL | ForeignArtifacts | ModelLoader;

/** A directory, as a path or `file:` URL, an `http:` or `https:` URL, or an object with `save(artifacts)`. */
export type ModelTarget = string | URL | ModelSaver;

/** What was read, under the names that it has in error messages. */
export interface NamedArtifacts {
  readonly artifacts: ForeignArtifacts;
  readonly name: string;
  readonly weightsName: string;
}
