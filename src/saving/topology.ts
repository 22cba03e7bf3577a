/** From the description of a model's layers to the layers. */
import { describe, describeShape, sizeOf } from "../arrays.js";
import { FormatError } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import { toCamelCase } from "../lookup.js";
import { describeNames, findRegistered, kindOf } from "../registry.js";
import { readActivation } from "./activation.js";
import { asList, asObject, asShape, asText, blameFile, type JsonObject, parseJson } from "./checks.js";
import { readInitializer } from "./initializer.js";
import { readMember } from "./member.js";

export interface Topology {
  readonly name: string;
  /** The shape of one sample. */
  readonly inputShape: readonly number[];
  readonly layers: readonly Layer[];
}

interface LayerEntry {
  readonly where: string;
  readonly className: string;
  readonly config: JsonObject;
  readonly inputShape: readonly number[] | undefined;
  /** Made already, as it is a model. */
  readonly layer?: Layer;
}

/** More than any stack has, and few enough to be connected in no time. */
const MAX_LAYERS = 1000;
/** The address space of WebAssembly ends at 2^30 floats. */
const MAX_SAMPLE_SIZE = 2 ** 30;

/** More models within models than make sense, and few enough for the stack. */
const MAX_DEPTH = 20;

/** Makes the model that is a layer of another. */
export type MakeModel = (layers: readonly Layer[], name: string) => Layer;

/** @throws FormatError unless it describes a Sequential model of layers that are known here. */
export function readTopology(source: unknown, where: string, makeModel: MakeModel): Topology {
  const outer = asObject(typeof source === "string" ? parseJson(source, where) : source, where);
  const inner = outer.model_config ?? outer;
  const model = asObject(typeof inner === "string" ? parseJson(inner, where) : inner, where);
  const className = asText(model.class_name, `${where}.class_name`);
  if (className !== "Sequential") {
    throw new FormatError(`${where}: expected a Sequential model, got one of class ${describe(className)}`);
  }
  return readSequential(model.config, `${where}.config`, makeModel, 0);
}

function readSequential(source: unknown, where: string, makeModel: MakeModel, depth: number): Topology {
  if (depth > MAX_DEPTH) throw new FormatError(`${where}: expected at most ${MAX_DEPTH} models within each other`);
  // Keras 2.2 and older had the list of layers alone.
  const config = Array.isArray(source) ? { layers: source } : asObject(source, where);
  checkCommon(config, where);
  const name = config.name == null ? "sequential" : asText(config.name, `${where}.name`);
  const makeInner: MakeInner = (inner, place) => {
    const topology = readSequential(inner, place, makeModel, depth + 1);
    return {
      inputShape: topology.inputShape,
      layer: blameFile(place, () => makeModel(topology.layers, topology.name)),
    };
  };
  const { inputShape, layers } = readLayers(config.layers, `${where}.layers`, makeInner);
  if (config.trainable === false) for (const layer of layers) layer.trainable = false;
  return { name, inputShape, layers };
}

type MakeInner = (config: unknown, where: string) => Required<Pick<LayerEntry, "layer" | "inputShape">>;

function readLayers(source: unknown, where: string, makeInner: MakeInner): Omit<Topology, "name"> {
  const list = asList(source, where);
  if (list.length > MAX_LAYERS) throw new FormatError(`${where}: expected at most ${MAX_LAYERS}, got ${list.length}`);
  const entries = list.map((entry, index) => readEntry(entry, `${where}[${index}]`, makeInner));
  const [first] = entries;
  const stack = first?.className === "InputLayer" ? entries.slice(1) : entries;
  const [bottom] = stack;
  if (!first || !bottom) throw new FormatError(`${where}: expected at least one layer, got none`);
  const inputShape = first.inputShape ?? bottom.inputShape;
  if (!inputShape) throw new FormatError(`${where}: expected a batch_input_shape in the first layer, got none`);
  if (bottom.inputShape && describeShape(bottom.inputShape) !== describeShape(inputShape)) {
    const [given, expected] = [bottom.inputShape, inputShape].map(describeShape);
    throw new FormatError(`${bottom.where}: expected the input shape ${expected} of the InputLayer, got ${given}`);
  }
  if (sizeOf(inputShape) > MAX_SAMPLE_SIZE) {
    throw new FormatError(`${where}: the input shape ${describeShape(inputShape)} is too large`);
  }
  const late = stack.find(({ className }) => className === "InputLayer");
  if (late) throw new FormatError(`${late.where}: an InputLayer can only stand first`);
  return { inputShape, layers: stack.map((entry) => readLayer(entry === bottom ? { ...entry, inputShape } : entry)) };
}

function readEntry(source: unknown, where: string, makeInner: MakeInner): LayerEntry {
  const entry = asObject(source, where);
  const className = asText(entry.class_name, `${where}.class_name`);
  // What TensorFlow.js would stumble over
  const own = asObject(entry.lanewise ?? {}, `${where}.lanewise`);
  if (className === "Sequential") {
    const inner = Array.isArray(entry.config) ? { layers: entry.config } : asObject(entry.config, `${where}.config`);
    return { where, className, config: {}, ...makeInner({ ...inner, ...own }, `${where}.config`) };
  }
  const config = { ...asObject(entry.config, `${where}.config`), ...own };
  checkCommon(config, where);
  // Keras 3 says batch_shape.
  const batchShape = config.batch_input_shape ?? config.batch_shape;
  const inputShape = batchShape == null ? undefined : asShape(asList(batchShape, where).slice(1), where, 1);
  return { where: `${where} (${className.slice(0, 40)})`, className, config, inputShape };
}

/** A layer by itself, which is no model. @throws FormatError unless it is one that is known here. */
export function readSingleLayer(source: unknown, where: string): Layer {
  return readLayer(
    readEntry(source, where, (_, place) => {
      throw new FormatError(`${place}: expected a layer that is no model`);
    }),
  );
}

/** What holds for models and layers alike. */
function checkCommon({ trainable = true, dtype }: JsonObject, where: string): void {
  if (typeof trainable !== "boolean" && trainable !== null) {
    throw new FormatError(`${where}.trainable: expected true or false, got ${describe(trainable)}`);
  }
  // A text, or in Keras 3 a DTypePolicy with a config.
  const policy = (dtype as { readonly config?: { readonly name?: unknown } } | null | undefined)?.config?.name ?? dtype;
  if (policy != null && policy !== "float32") {
    throw new FormatError(`${where}.dtype: expected 'float32', got ${describe(policy)}`);
  }
}

/** Settings that are no options of a layer here: they are read elsewhere, or change nothing once there are weights. */
const NO_OPTIONS = ["name", "dtype", "batch_input_shape", "batch_shape", "renorm_momentum", "synchronized"];

function readLayer({ where, className, config, inputShape, layer }: LayerEntry): Layer {
  if (layer) return layer;
  const make = findRegistered<(options: never) => Layer>("layers", className);
  if (!make) {
    const known = describeNames("layers", (name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
    throw new FormatError(`${where}: unknown layer class; ${known}`);
  }
  const options = Object.entries(config).flatMap(([key, value]) => readOption(key, value, `${where}.${key}`));
  const name = config.name == null ? {} : { name: asText(config.name, `${where}.name`) };
  const all = { ...Object.fromEntries(options), ...name, ...(inputShape && { inputShape }) };
  return blameFile(where, () => make(all as never));
}

/** What Keras has and is not here. False means that it is not wanted. */
const NOT_HERE = ["renorm", "rms_scaling", "sparse"];

function saysNothing(key: string, value: unknown): boolean {
  if (value === null || NO_OPTIONS.includes(key)) return true;
  if (key === "data_format") return value === "channels_last";
  // Other seeds than those here make numbers that nothing here could make
  if (key === "seed") return !Number.isSafeInteger(value) || (value as number) < 0;
  return NOT_HERE.includes(key) && value === false;
}

function readOption(key: string, value: unknown, where: string): (readonly [string, unknown])[] {
  if (saysNothing(key, value)) return [];
  if (key === "use_bias" && typeof value !== "boolean") {
    throw new FormatError(`${where}: expected true or false, got ${describe(value)}`);
  }
  if (typeof value === "number" && !Number.isFinite(Math.fround(value))) {
    throw new FormatError(`${where}: expected a number of single precision, got ${value}`);
  }
  const option = toCamelCase(key);
  if (key === "activation") return [[option, readActivation(value, where)]];
  if (key.endsWith("_regularizer")) return [[option, readKnown(value, where, "regularizers")]];
  if (key.endsWith("_constraint")) return [[option, readKnown(value, where, "constraints")]];
  if (!key.endsWith("_initializer")) return [[option, value]];
  const initializer = readInitializer(value, where);
  return initializer ? [[option, initializer]] : [];
}

/** A member that training would miss. */
function readKnown(value: unknown, where: string, family: "constraints" | "regularizers"): unknown {
  const member = readMember(value, where, family);
  if (member !== undefined) return member;
  throw new FormatError(`${where}: unknown ${kindOf(family)}; ${describeNames(family)}`);
}
