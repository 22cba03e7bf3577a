/** Making the members of `activations`: functions that configure an activation, or apply it to host arrays at once. */
import { type ArrayInput, isArrayInput } from "../arrays.js";
import { checkOptions } from "../checks.js";
import type { Activation, ActivationFunction, CallableActivation } from "./activation.js";
import { applyToArray } from "./apply-to-array.js";

/** What sets an activation apart from others. */
export type ActivationParts = Omit<Activation, "name" | "isDefault">;

/** The options of an activation that has none. */
export type NoOptions = Readonly<Record<string, never>>;

/**
 * @param name The member's name in the table.
 * @param known The names of its options.
 * @param configure From the options to the activation. Throws for values out of range.
 */
export function defineActivation<Options extends object = NoOptions>(
  name: string,
  known: readonly (keyof Options & string)[],
  configure: (options: Options) => ActivationParts,
): ActivationFunction<Options> {
  const make = (options: Options): CallableActivation => {
    checkOptions(options, known, name);
    const parts = configure(options);
    const isDefault = JSON.stringify(parts.config) === JSON.stringify(configure({} as Options).config);
    const activation = (x: ArrayInput) => applyToArray(member, x);
    const member = named(Object.assign(activation, parts, { isDefault }), name);
    return member;
  };
  const define = (first: ArrayInput | Options = {} as Options, options: Options = {} as Options) =>
    isArrayInput(first) ? make(options)(first) : make(first);
  return named(define as ActivationFunction<Options>, name);
}

/** A function's own name can't be assigned. */
function named<T extends object>(member: T, name: string): T & { readonly name: string } {
  return Object.defineProperty(member, "name", { value: name, enumerable: true }) as T & { readonly name: string };
}
