/** What a callback is made of, so that it can be made anew where the model is: in a worker. */
import type { Callback } from "./callback.js";

export interface Recipe {
  /** The name of the member of `callbacks`. */
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const recipes = /* @__PURE__ */ new WeakMap<object, Recipe>();

/** Remembers what a callback was made of. To be used where all options are plain values or URLs. */
export function withRecipe<T extends Callback>(name: string, options: object, callback: T): T {
  recipes.set(callback, { name, options: { ...options } });
  return callback;
}

/** Undefined for a callback of the user's own, or one that was given a function or an object to work with. */
export function recipeOf(callback: Callback): Recipe | undefined {
  return recipes.get(callback);
}
