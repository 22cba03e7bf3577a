import { describe } from "../arrays.js";
import { checkOptions } from "../checks.js";
import type { Layer } from "../layers/layer.js";
import type { SequentialOptions } from "../model/sequential-options.js";
import type { ModelSource } from "../saving/artifacts.js";
import { channelTo } from "./channel.js";
import type { Endpoint } from "./endpoint.js";
import { RemoteModel } from "./remote-model.js";

/**
 * A Sequential model that lives in a worker, where `serve()` runs. It is used like one that lives here: the same layers and
 * members, the same bits from the same seed.
 *
 * ```ts
 * import { layers } from "lanewise";
 * import { connect } from "lanewise/worker";
 *
 * const worker = new Worker(new URL("./train-worker.js", import.meta.url), { type: "module" });
 * const model = connect(worker, [
 *   layers.dense({ units: 64, activation: "relu", inputShape: [784] }),
 *   layers.dense({ units: 10, activation: "softmax" }),
 * ]);
 * await model.compile({ optimizer: "adam", loss: "categoricalCrossentropy", metrics: ["accuracy"] });
 * await model.fit(x, y, { epochs: 10, callbacks: { onEpochEnd: (epoch, logs) => show(epoch, logs) } });
 * const predictions = await model.predict(x);
 * ```
 *
 * Each call makes a model of its own, of which a worker can have many. What crosses are settings and arrays: layers, losses,
 * metrics and optimizers of your own must be known in the worker by `register`.
 *
 * @param worker A Worker of a browser or of `node:worker_threads`, or a MessagePort of either. It stays the caller's: to end
 *   it, call its `terminate()`.
 * @param from The layers, as `new Sequential` takes them; or a saved model, as `Sequential.load` does: artifacts such as
 *   those of `toArtifacts`, a path or URL, which is then read in the worker, or an object with `load()`, which is called here. Default: no layers, to `add` some.
 * @param options As those of `new Sequential`, for a model from layers.
 * @throws TypeError for anything else.
 */
export function connect(
  worker: Endpoint,
  from: readonly Layer[] | ModelSource = [],
  options: SequentialOptions = {},
): RemoteModel {
  if (typeof worker?.postMessage !== "function") {
    throw new TypeError(`connect: expected a Worker or a MessagePort, got ${describe(worker)}`);
  }
  checkOptions(options, ["name", "seed", "precision"], "connect");
  if (typeof from === "string" || from instanceof URL) return new RemoteModel(channelTo(worker), `${from}`, options);
  if (typeof from !== "object" || from === null || "plan" in from) {
    throw new TypeError(
      `connect: expected an array of layers or a saved model, such as await model.toArtifacts(), got ${describe(from)}`,
    );
  }
  return new RemoteModel(channelTo(worker), from, options);
}
