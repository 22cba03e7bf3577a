/** A model behind a pair of ports, which is all that a worker is to `connect` and `serve`, without the wait for a thread. */
import { afterEach } from "vitest";
import { type CompileOptions, type Layer, layers, type SequentialOptions } from "../../src/index.js";
import type { ModelSource } from "../../src/saving/artifacts.js";
import { connect, type RemoteModel, serve } from "../../src/worker/index.js";

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** The port of the caller's side; what comes over it; and the way to lose it. */
export interface Wire {
  readonly port: MessagePort;
  /** The kinds of messages so far, those of hooks with the hook's name. */
  readonly heard: string[];
}

export function makeWire(): Wire {
  const { port1: port, port2 } = new MessageChannel();
  open.push(port, port2);
  serve(port2);
  const heard: string[] = [];
  port.addEventListener("message", ({ data }) => heard.push(data.kind === "hook" ? data.hook : data.kind));
  return { port, heard };
}

export function connected(
  from: readonly Layer[] | ModelSource,
  options?: SequentialOptions,
  { port }: Wire = makeWire(),
): RemoteModel {
  return connect(port, from, options);
}

/** As `makeClassifier`, in the worker. */
export async function connectClassifier(options: Partial<CompileOptions> = {}, wire?: Wire): Promise<RemoteModel> {
  const stack = [
    layers.dense({ units: 5, activation: "tanh", inputShape: [4] }),
    layers.dense({ units: 3, activation: "softmax" }),
  ];
  const model = connected(stack, { seed: 1 }, wire);
  await model.compile({ optimizer: "adam", loss: "categoricalCrossentropy", metrics: ["accuracy"], ...options });
  return model;
}
