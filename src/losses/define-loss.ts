/** Making the members of `losses`: functions that configure a loss, or measure host arrays at once. */
import { type ArrayInput, isArrayInput, type NDArray } from "../arrays.js";
import { checkOptions } from "../checks.js";
import { toSnakeCase } from "../lookup.js";
import type { CallableLoss, Loss, LossFunction, LossOptions, WeightOptions } from "./loss.js";
import { measureArrays } from "./measure-arrays.js";
import { toReduction } from "./reduction.js";

/** What sets a loss apart from others. */
export type LossParts = Omit<Loss, "name" | "className" | "reduction" | "targets"> & Partial<Pick<Loss, "targets">>;

/**
 * @param name The member's name in the table.
 * @param className The name of its class in Keras.
 * @param own The options that it has beside `reduction`.
 * @param configure From the options to the loss. Throws for values out of range.
 */
export function defineLoss<Options extends LossOptions>(
  name: string,
  className: string,
  own: readonly (keyof Options & string)[],
  configure: (options: Options) => LossParts,
): LossFunction<Options> & { readonly className: string } {
  const make = (options: Options): CallableLoss<number | NDArray<Float32Array>> => {
    checkOptions(options, [...own, "reduction"], name);
    const { config, ...parts } = configure(options);
    const reduction = toReduction(options.reduction, name);
    return callable({
      targets: "dense",
      ...parts,
      name,
      className,
      reduction,
      config: { ...config, reduction: reduction === "none" ? null : toSnakeCase(reduction) },
    });
  };
  function loss(
    first: Options | ArrayInput = {} as Options,
    yPred?: ArrayInput,
    given: Options & WeightOptions = {} as Options,
  ) {
    if (yPred === undefined && !isArrayInput(first)) return make(first);
    const { sampleWeight, ...options } = given;
    return make(options as Options)(first as ArrayInput, yPred as ArrayInput, { sampleWeight });
  }
  Object.defineProperty(loss, "name", { value: name });
  return Object.assign(loss as LossFunction<Options>, { className });
}

/** The loss as a function of host arrays. */
export function callable(loss: Loss): CallableLoss<number | NDArray<Float32Array>> {
  const call = (yTrue: ArrayInput, yPred: ArrayInput, options: WeightOptions = {}) => {
    checkOptions(options, ["sampleWeight"], loss.name);
    return measureArrays(loss, yTrue, yPred, options.sampleWeight);
  };
  const { name, ...parts } = loss;
  Object.assign(call, parts);
  // A function's own name can't be assigned
  Object.defineProperty(call, "name", { value: name, enumerable: true });
  return call as CallableLoss<number | NDArray<Float32Array>>;
}
