/** What the page and its workers say to each other. */
import type { ModelArtifacts } from "lanewise/lean";
import type { Digits } from "../digits/digits.js";
import type { Settings } from "../train/settings.js";

export interface Methods {
  /** Takes a model into use. @throws for one that does not take digits and give ten probabilities. */
  open(artifacts: ModelArtifacts): Promise<ModelInfo>;
  /** From the files of a saved model to the model in memory. */
  readModel(files: readonly File[]): Promise<ModelArtifacts>;
  /** Ten probabilities for an image of 784 values in [0, 1]. */
  predict(pixels: Float32Array): Promise<Float32Array>;
  /** From images.npy and labels.npy to digits. */
  readDigits(images: File, labels: File): Promise<Digits>;
  setDigits(digits: Digits): Promise<void>;
  /** Asks the model about the quarter of the digits that no training sees. */
  test(): Promise<TestResult>;
  /** Trains a new model on the digits, and reports on the way. */
  train(settings: Settings): Promise<TrainingResult>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends training after the batch at hand. */
  stop(): Promise<void>;
}

export interface ModelInfo {
  /** `784 → 96 relu → 10 softmax` */
  readonly layers: string;
  readonly parameters: number;
  /** What each unit of the first layer multiplies the pixels with: [units, 784]. Undefined where that is not the first layer. */
  readonly filters: readonly Float32Array[] | undefined;
}

export interface TestResult {
  /** Which of the digits were asked about. */
  readonly indices: Uint32Array;
  /** [indices.length, 10] */
  readonly probabilities: Float32Array;
  readonly accuracy: number;
}

export interface TrainingResult {
  readonly artifacts: ModelArtifacts;
  readonly epochs: number;
  /** Without pauses. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
}

export interface Progress {
  /** How many passes over the training digits, such as 2.5. */
  readonly epochs: number;
  /** Means since the last report. */
  readonly loss: number;
  readonly accuracy: number;
  readonly samplesPerSecond: number;
  /** Present at the end of an epoch: measured on digits that are not trained on. */
  readonly validation?: { readonly loss: number; readonly accuracy: number };
}

export interface Request {
  readonly id: number;
  readonly method: keyof Methods;
  readonly parameters: readonly unknown[];
}

export type Message =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly progress: Progress };
