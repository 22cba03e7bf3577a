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
  /** Present when the model is compiled. */
  readonly trainingConfig?: TrainingConfig;
  /** The user's; and, with the state of the optimizer, the seed of the training that led there. */
  readonly userDefinedMetadata?: { readonly lanewise?: { readonly seed: number }; readonly [key: string]: unknown };
}

export interface WeightsManifestEntry {
  /** layer/weight: `dense/kernel`. */
  readonly name: string;
  readonly shape: number[];
  readonly dtype: "float32" | "int32";
  /** `dense/kernel/m` is what the optimizer remembers of `dense/kernel`, `iter` how many steps it has taken. */
  readonly group?: "optimizer";
}

export interface TrainingConfig {
  readonly optimizer_config: { readonly class_name: string; readonly config: object };
  /** A name, or a class with settings, which TensorFlow.js does not know. */
  readonly loss: string | { readonly class_name: string; readonly config: object };
  /** Those that TensorFlow.js knows, by their names. */
  readonly metrics: string[];
  /** All of them with their options, where names do not say it all. TensorFlow.js passes it over. */
  readonly lanewise?: { readonly metrics: SavedMetric[]; readonly weighted_metrics: SavedMetric[] };
}

/** A name, or a class of Keras with its options. */
export type SavedMetric = string | { readonly class_name: string; readonly config: object };

/** Artifacts that somebody else made. Everything in them is checked before it is used. */
export interface ForeignArtifacts {
  readonly modelTopology?: object | string | undefined;
  readonly weightSpecs?: readonly object[] | undefined;
  readonly weightData?: ArrayBuffer | ArrayBufferView | readonly (ArrayBuffer | ArrayBufferView)[] | undefined;
  readonly trainingConfig?: object | null | undefined;
  readonly format?: string | null | undefined;
  readonly userDefinedMetadata?: object | null | undefined;
}

/** A directory, a path or URL (`file:`, `http:`, `https:`; as a string too) of a model.json, or artifacts in memory. */
export type ModelSource = string | URL | ForeignArtifacts;

/** What was read, under the names that it has in error messages. */
export interface NamedArtifacts {
  readonly artifacts: ForeignArtifacts;
  readonly name: string;
  readonly weightsName: string;
}
