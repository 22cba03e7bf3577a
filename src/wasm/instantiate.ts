/** The only place that touches WebAssembly.Module and Instance. */
import { LanewiseError, StateError } from "../errors.js";
import type { Kernels } from "./kernels.js";

/** `exact`: the same bits everywhere. `relaxed`: fused multiply-add where the engine has it, rounded as the processor does. */
export type Precision = "exact" | "relaxed";

/** Binaries as text, of the core alone. */
const texts: Partial<Record<Precision, string | undefined>> = {};
/** What they have been compiled to; or, where there is no text, modules that have every kernel. */
const modules: Partial<Record<Precision, WebAssembly.Module | undefined>> = {};

/** Of instances of the core alone: where the kernels of other parts are to compute. */
const memories = new WeakMap<Kernels, WebAssembly.Memory>();

/** Says what the core is to be. Each entry of the package brings its own; which instances there are already keep theirs. */
export function provideCore(precision: Precision, core: string | WebAssembly.Module): void {
  const isText = typeof core === "string";
  texts[precision] = isText ? core : undefined;
  modules[precision] = isText ? undefined : core;
}

/** The same for a part of the core, which must not take the place of all of it. */
export function provideCoreIfNone(precision: Precision, core: string): void {
  if (texts[precision] === undefined && modules[precision] === undefined) provideCore(precision, core);
}

/**
 * An instance of the core and the memory it computes on. The module is compiled at the first call.
 *
 * @param precision Where the engine lacks the relaxed SIMD instructions, `relaxed` gets the exact core.
 * @throws LanewiseError where WebAssembly or its SIMD instructions are missing or forbidden, or there are too many models;
 *   StateError where nobody has provided that core.
 */
export function instantiate(precision: Precision): { memory: WebAssembly.Memory; kernels: Kernels } {
  const text = texts[precision];
  let module = modules[precision];
  if (module === undefined) {
    if (text === undefined) {
      throw new StateError(
        precision === "exact"
          ? 'lanewise/external has no binary of its own: first call await initialize(fetch("kernels.wasm"))'
          : "precision: 'relaxed' needs the relaxed binary here: import \"lanewise/relaxed\" first",
      );
    }
    try {
      module = compile(text);
    } catch (error) {
      if (precision === "relaxed") return instantiate("exact");
      throw error;
    }
    modules[precision] = module;
  }
  const memory = makeMemory();
  const kernels = start<Kernels>(module, memory);
  if (text !== undefined) memories.set(kernels, memory);
  return { memory, kernels };
}

/**
 * Kernels beyond the core as a binary of their own that computes in the core's memory, so that only who uses a member that
 * needs them downloads them. They are compiled when they are first asked for.
 */
export function part<PartKernels>(text: string): (kernels: Kernels) => PartKernels {
  let module: WebAssembly.Module | undefined;
  const instances = new WeakMap<Kernels, PartKernels>();
  return (kernels) => {
    const instance = instances.get(kernels);
    if (instance !== undefined) return instance;
    const memory = memories.get(kernels);
    if (memory) module ??= compile(text);
    const started = memory && module ? start<PartKernels>(module, memory) : (kernels as unknown as PartKernels);
    instances.set(kernels, started);
    return started;
  };
}

/** However small, each takes gigabytes of addresses, of which a page of Chromium's has enough for 124. */
function makeMemory(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: 1 });
  } catch (cause) {
    throw new LanewiseError(
      "the engine has no addresses left for the memory of one more model: dispose() of models that are not needed any more",
      { cause },
    );
  }
}

function start<K>(module: WebAssembly.Module, memory: WebAssembly.Memory): K {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as K;
}

function compile(text: string): WebAssembly.Module {
  checkEngine();
  const bytes = decode(text);
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    if (WebAssembly.validate(bytes)) throw forbidden(cause);
    throw new LanewiseError(
      "this engine's WebAssembly lacks the 128-bit SIMD instructions: lanewise needs Chrome 91, Firefox 89, Safari 16.4, Node 16.4 or newer",
      { cause },
    );
  }
}

/** @throws LanewiseError where there is no WebAssembly at all. */
export function checkEngine(): void {
  if (typeof WebAssembly !== "object") {
    throw new LanewiseError("this JavaScript engine has no WebAssembly, which lanewise computes with");
  }
}

export function forbidden(cause: unknown): LanewiseError {
  return new LanewiseError(
    "WebAssembly may not be compiled here; a page's Content-Security-Policy must allow script-src 'wasm-unsafe-eval'",
    { cause },
  );
}

/** The bytes that scripts/binary-text.mjs has written as text. */
function decode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  let page = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 35) {
      page = (code - 31) * 90;
    } else {
      bytes[length++] = page + code - (code > 92 ? 37 : code > 60 ? 36 : 35);
      page = 0;
    }
  }
  return bytes.subarray(0, length);
}
