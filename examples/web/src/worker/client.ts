/** The page's end of a worker. */
import type { Message, Methods, Progress, Request } from "./protocol.js";

export interface Client {
  /** @throws Error with the worker's message. */
  call<M extends keyof Methods>(method: M, ...parameters: Parameters<Methods[M]>): ReturnType<Methods[M]>;
}

export function startWorker(onProgress: (progress: Progress) => void = () => {}): Client {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  worker.onmessage = ({ data }: MessageEvent<Message>) => {
    if ("progress" in data) return onProgress(data.progress);
    const caller = waiting.get(data.id);
    waiting.delete(data.id);
    if ("error" in data) caller?.reject(new Error(data.error));
    else caller?.resolve(data.result);
  };
  worker.onerror = ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(message || "the worker could not be started"));
    waiting.clear();
  };
  return {
    call(method, ...parameters) {
      lastId += 1;
      const id = lastId;
      const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
      worker.postMessage({ id, method, parameters } satisfies Request);
      return answer as ReturnType<Methods[typeof method]>;
    },
  };
}
