/** Models in a Web Worker, or in a worker of `node:worker_threads`, so that the thread at hand stays free. */
export { connect } from "./connect.js";
export type { Endpoint, NodeEndpoint, WebEndpoint } from "./endpoint.js";
export type { RemoteFitOptions, RemoteModel, TransferOptions } from "./remote-model.js";
export { serve } from "./serve.js";
