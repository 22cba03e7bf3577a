import { type Activation, type ActivationName, getActivation } from "../activations/index.js";
import { softmax } from "../activations/softmax.js";
import { allocateLike, commonOptions, denseInput, type LayerOptions, vectorWidth } from "./common.js";
import type { Layer, PlanContext, Step, Values } from "./layer.js";

export interface ActivationOptions extends LayerOptions {
  readonly activation: ActivationName | (string & {}) | Activation;
}

/**
 * Applies an activation to each value; softmax to each row. The shape stays.
 *
 * @throws RangeError for an unknown name; when connected, ShapeError for a softmax of samples that are no vectors.
 */
export function activation(options: ActivationOptions): Layer {
  const common = commonOptions(options, ["activation"], "activation");
  const resolved = getActivation(options.activation);
  return {
    className: "Activation",
    ...common,
    config: { activation: resolved.name },
    outputShape(inputShape) {
      if (resolved === softmax) vectorWidth(inputShape, "Activation(softmax)");
      return inputShape;
    },
    weights: () => [],
    plan: (context) => [activationStep(resolved, context, denseInput(context), false)],
  };
}

/** An activation of `input`, in place or into memory of its own. */
export function activationStep(activation: Activation, context: PlanContext, input: Values, inPlace: boolean): Step {
  const { kernels } = context.arena;
  const { width, stride } = input;
  const output = inPlace ? input : allocateLike(context, input);
  return {
    output,
    activation: activation.name,
    learns: false,
    forward: ({ rows }) => activation.forward(kernels, output.pointer, input.pointer, { rows, width, stride }),
    backward({ rows }, dOutput, dInput) {
      if (dInput !== undefined) activation.backward(kernels, dInput, dOutput, output.pointer, { rows, width, stride });
    },
  };
}
