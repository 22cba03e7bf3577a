/** The caller's end: numbers what is asked, and hands out what comes back. */
import { LanewiseError } from "../errors.js";
import { type Endpoint, onEnd, onMessage } from "./endpoint.js";
import {
  type Call,
  type FromWorker,
  type HookAnswer,
  type HookQuestion,
  isTagged,
  type Methods,
  type ToWorker,
  tag,
} from "./protocol.js";
import { receiveThrown } from "./sent-errors.js";

/** What a call may need while it runs. */
export interface CallContext {
  /** Arrays that move to the worker. */
  readonly buffers?: ArrayBuffer[];
  readonly signal?: AbortSignal | undefined;
  readonly answer?: (question: HookQuestion) => Promise<HookAnswer>;
}

interface PendingCall extends CallContext {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** Why it ends before its time: an aborted signal, or what a callback has thrown. */
  interruption?: { readonly reason: unknown };
}

const channels = /* @__PURE__ */ new WeakMap<Endpoint, Channel>();

/** One for each worker, however many models it has. */
export function channelTo(worker: Endpoint): Channel {
  const channel = channels.get(worker) ?? new Channel(worker);
  channels.set(worker, channel);
  return channel;
}

export class Channel {
  readonly #worker: Endpoint;
  readonly #calls = new Map<number, PendingCall>();
  #numbers = 0;
  #end: LanewiseError | undefined;

  constructor(worker: Endpoint) {
    this.#worker = worker;
    onMessage(worker, (message) => {
      if (isTagged<FromWorker>(message)) this.#hear(message);
    });
    onEnd(worker, (reason, cause) => {
      if (this.#end) return;
      this.#end = new LanewiseError(`the worker is gone: ${reason}`, cause === undefined ? {} : { cause });
      for (const { reject } of this.#calls.values()) reject(this.#end);
      this.#calls.clear();
    });
  }

  /** One that is not used yet. */
  number(): number {
    return ++this.#numbers;
  }

  /** @throws LanewiseError when the worker is gone, or for what can't be cloned. */
  post(message: ToWorker, buffers: ArrayBuffer[] = []): void {
    if (this.#end) throw this.#end;
    try {
      this.#worker.postMessage(tag(message), buffers);
    } catch (cause) {
      const what = message.kind === "call" ? message.method : message.kind;
      throw new LanewiseError(`${what}: it can't be sent to the worker: ${(cause as Error).message}`, { cause });
    }
  }

  /**
   * Asks for something, and waits for it.
   *
   * @throws what the worker throws; the signal's reason; what a callback on this side throws; LanewiseError when the worker
   *   is gone.
   */
  async call<C extends Call>(
    model: number,
    call: C,
    context: CallContext = {},
  ): Promise<ReturnType<Methods[C["method"]]>> {
    const { signal, buffers } = context;
    signal?.throwIfAborted();
    const id = this.number();
    const abort = () => this.#interrupt(id, signal?.reason);
    try {
      return await new Promise((resolve, reject) => {
        this.post({ kind: "call", model, id, ...call }, buffers);
        this.#calls.set(id, { ...context, resolve: resolve as PendingCall["resolve"], reject });
        signal?.addEventListener("abort", abort);
      });
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  #interrupt(id: number, reason: unknown): void {
    const call = this.#calls.get(id);
    if (!call) return;
    call.interruption ??= { reason };
    this.post({ kind: "abort", id });
  }

  #hear(message: FromWorker): void {
    const call = this.#calls.get(message.id);
    if (!call) return;
    if (message.kind === "hook") {
      void this.#answer(call, message.question, message);
      return;
    }
    this.#calls.delete(message.id);
    if (message.kind === "result") call.resolve(message.value);
    else if (message.kind === "failure") call.reject(receiveThrown(message.thrown));
    else call.reject(call.interruption?.reason);
  }

  async #answer(call: PendingCall, question: number, asked: HookQuestion): Promise<void> {
    let answer: HookAnswer = { failed: true };
    try {
      answer = (await call.answer?.(asked)) ?? {};
    } catch (reason) {
      call.interruption = { reason };
    }
    // There is nobody to tell when the worker has gone meanwhile
    if (!this.#end) this.post({ kind: "answer", question, ...answer });
  }
}
