/** The worker's end: it holds the models, and does with them what it is asked to. */
import type { Callback } from "../callbacks/callback.js";
import { StateError } from "../errors.js";
import { Sequential } from "../model/sequential.js";
import { type Endpoint, onMessage, ownEndpoint } from "./endpoint.js";
import { type Ask, forwardHooks, INTERRUPTED, listenTo } from "./forward-hooks.js";
import { makeCallback, makeCompileOptions, makeModel } from "./make-model.js";
import {
  type Call,
  type FromWorker,
  type HookAnswer,
  isTagged,
  type SentCallback,
  type ToWorker,
  tag,
} from "./protocol.js";
import { sendThrown } from "./sent-errors.js";

/**
 * Lets the other side of this worker have models here: see `connect`. To be called at the top level of the worker's module,
 * before anything is awaited, so that no message is missed.
 *
 * With `lanewise/worker` all members are known by their names. With `lanewise/lean/worker` those are that are given to
 * `register`, layers and what they are made of included, so that a bundler can leave out the others. Members of your own
 * can be made known with it, too.
 *
 * ```ts
 * // train-worker.js
 * import { serve } from "lanewise/worker";
 * serve();
 * ```
 *
 * @param endpoint Who to serve. Default: whoever has made this worker.
 * @throws StateError outside of a worker.
 */
export function serve(endpoint: Endpoint = ownEndpoint()): void {
  const models = new Map<number, Promise<Sequential>>();
  const running = new Map<number, AbortController>();
  const questions = new Map<number, (answer: HookAnswer) => void>();
  let lastQuestion = 0;
  const post = (message: FromWorker, buffers: ArrayBuffer[] = []) => endpoint.postMessage(tag(message), buffers);

  const ask =
    (id: number): Ask =>
    (asked) =>
      new Promise((resolve, reject) => {
        const question = ++lastQuestion;
        questions.set(question, (answer) => (answer.failed ? reject(INTERRUPTED) : resolve(answer)));
        post({ kind: "hook", id, question, ...asked });
      });

  const carryOut = async (message: Extract<ToWorker, { readonly kind: "call" }>): Promise<void> => {
    const { id } = message;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const model = await models.get(message.model);
      if (!model) throw new StateError(`${message.method}: the model has been disposed`);
      const [value, buffers] = await answerCall(model, message, ask(id), controller.signal);
      if (message.method === "dispose") models.delete(message.model);
      post({ kind: "result", id, value }, buffers);
    } catch (error) {
      post(error === INTERRUPTED ? { kind: "interrupted", id } : { kind: "failure", id, thrown: sendThrown(error) });
    } finally {
      running.delete(id);
    }
  };

  const hear = (message: ToWorker): void => {
    if (message.kind === "create") {
      const { from } = message;
      const isStack = typeof from === "object" && "layers" in from;
      const model = isStack ? (async () => makeModel(from))() : Sequential.load(from);
      // Whoever uses it is told
      model.catch(() => undefined);
      models.set(message.model, model);
    } else if (message.kind === "call") void carryOut(message);
    else if (message.kind === "abort") running.get(message.id)?.abort(INTERRUPTED);
    else if (message.kind === "stop") {
      void models.get(message.model)?.then((model) => {
        model.stopTraining = message.stop;
      });
    } else {
      questions.get(message.question)?.(message);
      questions.delete(message.question);
    }
  };
  onMessage(endpoint, (message) => {
    if (isTagged<ToWorker>(message)) hear(message);
  });
}

/** What the model says, and the buffers of it that move. */
async function answerCall(
  model: Sequential,
  call: Call,
  ask: Ask,
  signal: AbortSignal,
): Promise<[value: unknown, buffers?: ArrayBuffer[]]> {
  switch (call.method) {
    case "compile":
      return [model.compile(makeCompileOptions(...call.values))];
    case "fit": {
      const [x, y, { callbacks, ...options }] = call.values;
      return [await model.fit(x, y, { ...options, signal, callbacks: makeCallbacks(callbacks, ask) })];
    }
    case "evaluate": {
      const [x, y, { hooks, ...options }] = call.values;
      return [await model.evaluate(x, y, { ...options, callbacks: listenTo(hooks, ask) })];
    }
    case "trainOnBatch":
      return [await model.trainOnBatch(...call.values)];
    case "predict": {
      const [x, { hooks, ...options }] = call.values;
      const output = await model.predict(x, { ...options, callbacks: listenTo(hooks, ask) });
      return [output, [output.data.buffer as ArrayBuffer]];
    }
    case "getWeights": {
      const weights = model.getWeights();
      return [weights, weights.map(({ data }) => data.buffer as ArrayBuffer)];
    }
    case "setWeights":
      return [model.setWeights(...call.values)];
    case "toArtifacts": {
      const artifacts = await model.toArtifacts(...call.values);
      return [artifacts, [artifacts.weightData]];
    }
    case "summary": {
      const texts: string[] = [];
      model.summary((text) => texts.push(text));
      return [texts.join("\n")];
    }
    case "dispose":
      return [model.dispose()];
  }
}

function makeCallbacks(callbacks: readonly SentCallback[], ask: Ask): Callback[] {
  let groups = 0;
  return callbacks.map((sent) => (sent === "caller" ? forwardHooks(ask, groups++) : makeCallback(sent)));
}
