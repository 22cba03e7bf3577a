/** The core from wherever the caller has it. */
import { describe } from "../arrays.js";
import { FormatError, LanewiseError } from "../errors.js";
import { checkEngine, forbidden, provideCore } from "./instantiate.js";
import type { Kernels } from "./kernels.js";

/** The package's kernels.wasm: its bytes, an answer to a request for it, or the module that has been compiled of it. */
export type KernelsSource = BufferSource | Response | WebAssembly.Module;

/** What tells the core from other modules. */
const NEEDED: keyof Kernels = "sparseMatmul";

/**
 * Makes `lanewise/external` ready; models can be used once it has resolved. Called again it changes what later models
 * compute with.
 *
 * @throws LanewiseError when the request has failed, or WebAssembly is missing or forbidden; FormatError for bytes that are
 *   no WebAssembly, or a module that is not the core; TypeError for anything else.
 */
export async function initialize(source: KernelsSource | Promise<KernelsSource>): Promise<void> {
  checkEngine();
  const module = await toModule(await source);
  if (!WebAssembly.Module.exports(module).some(({ name }) => name === NEEDED)) {
    throw new FormatError(`initialize: expected lanewise's kernels.wasm, got a module without ${NEEDED}`);
  }
  provideCore("exact", module);
}

async function toModule(source: KernelsSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  const bytes = typeof Response === "function" && source instanceof Response ? await read(source) : source;
  if (!(ArrayBuffer.isView(bytes) || Object.prototype.toString.call(bytes) === "[object ArrayBuffer]")) {
    throw new TypeError(`initialize: expected bytes, a Response or a WebAssembly.Module, got ${describe(source)}`);
  }
  try {
    return await WebAssembly.compile(bytes as BufferSource);
  } catch (cause) {
    if (WebAssembly.validate(bytes as BufferSource)) throw forbidden(cause);
    throw new FormatError(
      "initialize: expected the bytes of kernels.wasm, got what is no WebAssembly, or needs more than this engine has",
      { cause },
    );
  }
}

async function read(response: Response): Promise<ArrayBuffer> {
  if (!response.ok) {
    throw new LanewiseError(`initialize: cannot read ${response.url}: HTTP status ${response.status}`);
  }
  return response.arrayBuffer();
}
