/** The model in use, in a worker of its own: it answers while another one trains. */

import { startWorker } from "./worker/client.js";
import type { Methods } from "./worker/protocol.js";

export type Network = Pick<Methods, "open" | "predict" | "setDigits" | "test" | "readModel">;

export function startNetwork(): Network {
  const { call } = startWorker();
  return {
    open: (artifacts) => call("open", artifacts),
    predict: (pixels) => call("predict", pixels),
    setDigits: (digits) => call("setDigits", digits),
    test: () => call("test"),
    readModel: (files) => call("readModel", files),
  };
}
