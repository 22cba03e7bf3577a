/** What `compile` was given and what the optimizer remembers, from a saved model. It is loaded when a model has been saved so. */
import type { Optimizer } from "../optimizers/optimizer.js";
import type { NamedArtifacts } from "./artifacts.js";
import { blameFile, type JsonObject } from "./checks.js";
import { fromTensorFlow, matchState, readOptimizerState } from "./optimizer-state.js";
import type { PlacedWeight } from "./placed-layers.js";
import { readTraining, type Training } from "./training-config.js";

export interface SavedTraining {
  readonly training: Training | undefined;
  /** What the optimizer remembers, if it has been saved, and is for these weights. */
  readonly optimizerState: ReturnType<typeof matchState>;
}

/** @throws FormatError for what can't be a training's settings or state. */
export function readSavedTraining(
  source: NamedArtifacts,
  bytes: Uint8Array,
  places: readonly PlacedWeight[],
  config: unknown,
  where: string,
): SavedTraining {
  const training = readTraining(config, where);
  return { training, optimizerState: training && readState(source, bytes, training.optimizer, places) };
}

function readState(
  source: NamedArtifacts,
  bytes: Uint8Array,
  optimizer: Optimizer,
  places: readonly PlacedWeight[],
): SavedTraining["optimizerState"] {
  const where = `${source.name}: trainingConfig.optimizer_config`;
  const { optimizer_config: described } = (source.artifacts.trainingConfig ?? {}) as JsonObject;
  const stored = readOptimizerState(source, bytes);
  const own = stored && described !== undefined ? fromTensorFlow(stored, described, where) : stored;
  const state = own && matchState(own, optimizer, places);
  // A schedule for the learning rate goes on from there
  if (state && state.iterations > 0) blameFile(where, () => optimizer.step(state.iterations));
  return state;
}
