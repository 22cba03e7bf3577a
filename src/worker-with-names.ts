/** `lanewise/worker` for bundlers, with all that the default entry knows. In Node it is a part of the default entry's file. */
import "./index.js";

export * from "./worker/index.js";
