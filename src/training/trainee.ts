/** What training and measuring need of a model. */
import type { NDArray } from "../arrays.js";
import type { ModelInTraining } from "../callbacks/callback.js";
import type { Network } from "../network/network.js";
import type { Scored } from "./batches.js";
import type { ModelShapes } from "./labelled.js";
import type { Steps } from "./steps.js";

export interface Trainee {
  readonly model: ModelInTraining;
  /** What `compile` was given. */
  readonly scored: Scored;
  /** The model's own; undefined when it has none. */
  readonly seed: number | undefined;
  /** @throws ShapeError for samples that the layers can't take. */
  shapesFor(x: NDArray): ModelShapes;
  /** The network, made for these samples if there is none yet. @throws StateError when it may not be used. */
  networkFor(x: NDArray): Network;
  /** The same with room for what the optimizer remembers. */
  networkToTrain(x: NDArray, seed?: number): Network;
  /** The network, kept at once, for work that lets others have their turn. */
  networkNow(x: NDArray): Network;
  /**
   * Works with the network and keeps it: its weights count from then on, if no others did so far. Others have their turn
   * meanwhile, but whoever needs the model has this done first.
   */
  inTurns<T>(network: Network, steps: Steps<T>): Promise<T>;
  /** Keeps the network, which has changed its weights, or is about to, with that seed. */
  keepTrained(network: Network, seed?: number): void;
}
