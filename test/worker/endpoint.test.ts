/** A worker that is gone rejects all that waits for it, and all that comes later. */
import { describe, expect, it } from "vitest";
import { LanewiseError } from "../../src/index.js";
import { connect, type NodeEndpoint, serve } from "../../src/worker/index.js";
import { x } from "../helpers/classifier.js";
import { expectFailure } from "../helpers/failure.js";

/** A browser's Worker, as far as it is used. It hears what is posted to it, and says nothing. */
class FakeWorker extends EventTarget {
  readonly posted: unknown[] = [];
  terminated = false;

  postMessage(message: unknown): void {
    this.posted.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }
}

async function expectGone(worker: Parameters<typeof connect>[0], end: () => void, reason: string): Promise<void> {
  const [first, second] = [connect(worker), connect(worker)];
  const pending = [() => first.predict(x), () => second.getWeights()].map((call) => {
    const promise = call();
    promise.catch(() => {});
    return promise;
  });
  end();
  for (const call of [
    ...pending.map((promise) => () => promise),
    () => first.predict(x),
    () => connect(worker).predict(x),
  ]) {
    await expectFailure(call, LanewiseError, `the worker is gone: ${reason}`);
  }
}

describe("a browser's worker", () => {
  it.each<[string, () => Event, string]>([
    ["throws", () => Object.assign(new Event("error"), { message: "Uncaught Error: oh" }), "Uncaught Error: oh"],
    ["can't be loaded", () => new Event("error"), "its script could not be loaded"],
    ["says what can't be read", () => new MessageEvent("messageerror"), "a message could not be read"],
  ])("that %s", async (_, makeEvent, reason) => {
    const worker = new FakeWorker();
    await expectGone(worker, () => worker.dispatchEvent(makeEvent()), reason);
  });

  it("that is terminated, of which no event tells", async () => {
    const worker = new FakeWorker();
    await expectGone(worker, () => worker.terminate(), "it was terminated");
    expect(worker.terminated).toBe(true);
  });

  it("tells the cause", async () => {
    const worker = new FakeWorker();
    const promise = connect(worker).predict(x);
    const error = new Error("oh");
    worker.dispatchEvent(Object.assign(new Event("error"), { message: "Uncaught Error: oh", error }));
    expect(await promise.catch((thrown: Error) => thrown.cause)).toBe(error);
  });
});

it("a worker of Node that had ended before", async () => {
  const ended: NodeEndpoint = { threadId: -1, postMessage() {}, on: () => ended };
  await expectFailure(() => connect(ended).predict(x), LanewiseError, "the worker is gone: it has ended");
});

it("a port of a browser is started, on both sides", async () => {
  const { port1, port2 } = new MessageChannel();
  /** Without the methods of Node. */
  const web = (port: MessagePort) => ({
    postMessage: (message: unknown, transfer: ArrayBuffer[]) => port.postMessage(message, transfer),
    addEventListener: (type: string, listener: (event: Event) => void) => port.addEventListener(type, listener),
    start: () => port.start(),
  });
  serve(web(port2));
  const model = connect(web(port1), [], { name: "empty" });
  await expect(model.predict(x)).rejects.toThrow("the model has no layers");
  port1.close();
});
