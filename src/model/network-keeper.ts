/** Who uses a model's network, and when: one at a time, though calls may come at any moment. */
import type { NDArray } from "../arrays.js";
import { StateError } from "../errors.js";
import { Network, toSeed } from "../network/network.js";
import { randomSeed } from "../random.js";
import type { Scored } from "../training/batches.js";
import { type Steps, startWork, type Work } from "../training/steps.js";
import type { Precision } from "../wasm/instantiate.js";
import type { LayerStack } from "./stack.js";

/** Makes the network of a model when it is first needed, and keeps it once nothing can go wrong any more. */
export class NetworkKeeper {
  readonly #stack: LayerStack;
  readonly #seed: number | undefined;
  readonly #precision: Precision;
  #network: Network | undefined;
  /** That of a `fit` which loads its data, before anything counts. */
  #loading: Network | undefined;
  /** What has been begun and waits for its turn. */
  #work: Work<unknown> | undefined;
  #disposed = false;

  constructor(stack: LayerStack, seed: number | undefined, precision: Precision) {
    this.#stack = stack;
    this.#seed = seed;
    this.#precision = precision;
  }

  /** The network that is kept. */
  get network(): Network | undefined {
    return this.#network;
  }

  get isFitting(): boolean {
    return this.#stack.parts.trainedBy === this;
  }

  /** Has done what waits for its turn. @throws StateError when the model has been disposed. */
  checkUsable(method: string): void {
    this.#work?.finish();
    if (this.#disposed) throw new StateError(`${method}: the model has been disposed`);
  }

  /** @throws StateError while `fit` runs on this model. */
  checkNotFitting(method: string): void {
    if (this.isFitting) throw new StateError(`${method}: fit is running on this model; wait for it first`);
  }

  /** @throws StateError while `fit` runs on another model that shares weights with this one. */
  checkNotShared(method: string): void {
    const inUse = this.#stack.parts.withInner().some(({ trainedBy }) => trainedBy && trainedBy !== this);
    if (inUse) throw new StateError(`${method}: fit is running on a model that shares weights with this one`);
  }

  /** @throws StateError while `fit` runs on this model, or on one that shares weights with it. */
  checkFree(method: string): void {
    this.checkNotFitting(method);
    this.checkNotShared(method);
  }

  /**
   * The network with the weights of the moment, or one made now, for the first layer's inputShape or that of the data. The
   * caller keeps it when nothing can go wrong any more.
   */
  networkFor(x: NDArray | undefined, seed = this.#seed ?? randomSeed()): Network {
    const made = this.#network ?? this.#loading;
    if (made) {
      made.refresh();
      return made;
    }
    const leaves = this.#stack.leaves(this.#stack.inputShapeFor(x));
    return new Network(leaves, toSeed(seed), this.#precision);
  }

  /** The same, kept at once. */
  networkNow(x?: NDArray): Network {
    const network = this.networkFor(x);
    this.keep(network);
    return network;
  }

  /** The network with room for what the optimizer remembers. */
  networkToTrain(scored: Scored, x?: NDArray, seed?: number): Network {
    const network = this.networkFor(x, seed);
    network.allocateState(scored.optimizer, scored);
    if (this.isFitting) this.#loading = network;
    return network;
  }

  /** Keeps the network, whose weights count from now on: all of them if it has changed them. */
  keep(network: Network, which: "all" | "new" = "new"): void {
    this.#network = network;
    network.claim(which);
  }

  /**
   * Works with the network and keeps it. Others have their turn meanwhile, but whatever they want of the model has this done
   * first, as if it had never waited. While `fit` runs, whose memory lies below, it does not wait.
   */
  async inTurns<T>(network: Network, steps: Steps<T>): Promise<T> {
    const first = steps.next();
    const end = (result: T): T => {
      this.keep(network);
      return result;
    };
    if (first.done) return end(first.value);
    const work = startWork(steps, this.isFitting ? () => undefined : undefined, end);
    this.#work = work;
    try {
      return await work.result;
    } finally {
      if (this.#work === work) this.#work = undefined;
    }
  }

  /** Keeps others from the weights while `fit` works. @throws StateError when another is at it. */
  async whileFitting<T>(method: string, fit: () => Promise<T>): Promise<T> {
    this.checkFree(method);
    const parts = this.#stack.parts.withInner();
    for (const part of parts) part.trainedBy = this;
    try {
      return await fit();
    } finally {
      for (const part of parts) part.trainedBy = undefined;
      this.#loading = undefined;
    }
  }

  /** @throws StateError while `fit` runs. */
  dispose(): void {
    this.checkNotFitting("dispose");
    this.#work?.finish();
    // What other models share stays for them
    if (!this.#stack.parts.isNested) {
      for (const weight of this.#stack.parts.ownWeights()) weight.newest = undefined;
    }
    this.#network = undefined;
    this.#disposed = true;
  }
}
