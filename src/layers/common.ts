/** What layers share: checking their options, and finding their activation. */
import { describe } from "../arrays.js";
import { checkBoolean, checkInteger, checkOptions } from "../checks.js";
import { ShapeError } from "../errors.js";
import { getRegularizer, type RegularizerInput } from "../regularizers/get-regularizer.js";
import { isSparse, type Layer, type PlanContext, type Values } from "./layer.js";

export interface LayerOptions {
  /** Default: the layer's kind and, from the second on, a number: `dense`, `dense_1`. */
  readonly name?: string;
  /** The shape of one sample. */
  readonly inputShape?: readonly number[] | undefined;
  /** The same with the batch in front, whose size does not count: `[null, 28, 28]`. */
  readonly batchInputShape?: readonly (number | null)[];
  /** False keeps training from changing its weights. Default true. */
  readonly trainable?: boolean;
  /** A penalty on the layer's output, divided by the batch size, that is added to the loss. Default: none. */
  readonly activityRegularizer?: RegularizerInput;
}

/** The same, checked. */
export type CommonSettings = Pick<Layer, "name" | "inputShape" | "trainable" | "activityRegularizer">;

const COMMON_NAMES = ["name", "inputShape", "batchInputShape", "trainable", "activityRegularizer"];

/** The options every layer has, checked, in the form in which a Layer holds them. */
export function commonOptions(options: LayerOptions, own: readonly string[], where: string): CommonSettings {
  checkOptions(options, [...COMMON_NAMES, ...own], where);
  const { name, trainable = true } = options;
  if (name !== undefined && (typeof name !== "string" || name === "" || name.includes("/"))) {
    throw new TypeError(`${where}: name: expected a text without '/', got ${describe(name)}`);
  }
  const inputShape = inputShapeOf(options, where);
  checkBoolean(trainable, `${where}: trainable`);
  const activityRegularizer = ifGiven(options.activityRegularizer, getRegularizer);
  return {
    trainable,
    ...(name !== undefined && { name }),
    ...(inputShape && { inputShape }),
    ...(activityRegularizer && { activityRegularizer }),
  };
}

function inputShapeOf({ inputShape, batchInputShape }: LayerOptions, where: string): number[] | undefined {
  const option = inputShape === undefined ? "batchInputShape" : "inputShape";
  const given = inputShape ?? batchInputShape;
  if (given === undefined) return undefined;
  if (inputShape !== undefined && batchInputShape !== undefined) {
    throw new TypeError(`${where}: expected inputShape or batchInputShape, got both`);
  }
  if (!Array.isArray(given)) {
    throw new TypeError(`${where}: ${option}: expected an array of integers, got ${describe(given)}`);
  }
  const sample: readonly unknown[] = given === inputShape ? given : given.slice(1);
  return sample.map((size) => {
    checkInteger(size, `${where}: ${option}`, 1);
    return size;
  });
}

/** What `get` finds for an option that may be missing; null, as Keras's None, is the same as missing. */
export function ifGiven<Given, Member>(given: Given | undefined, get: (given: Given) => Member): Member | undefined {
  return given === undefined || given === null ? undefined : get(given);
}

/** An initializer, a regularizer or a constraint as it stands in a layer's config. Null for none. */
export function describeMember(
  member: { readonly className: string; readonly config: Readonly<Record<string, unknown>> } | undefined,
): object | null {
  return member ? { class_name: member.className, config: { ...member.config } } : null;
}

/** The layer's input, which is dense for every layer that does not say it takes sparse rows. */
export function denseInput({ input }: PlanContext): Values {
  if (isSparse(input)) throw new ShapeError("only a dense layer takes sparse rows");
  return input;
}

/** Room for a batch of the input's shape. */
export function allocateLike({ arena, capacity }: PlanContext, { width, stride }: Values): Values {
  return { pointer: arena.allocate(capacity * stride), width, stride };
}
