import { type Activation, describeActivation } from "../activations/activation.js";
import { type ActivationInput, getActivation } from "../activations/get-activation.js";
import { allocateLike, type CommonSettings, commonOptions, denseInput, type LayerOptions } from "./common.js";
import type { Layer, PlanContext, Step, Values } from "./layer.js";
import { checkSampleAxes, rowsStep } from "./rows-step.js";

export interface ActivationOptions extends LayerOptions {
  readonly activation: ActivationInput;
}

/**
 * Applies an activation to each value; softmax and its like to the values along an axis. The shape stays.
 *
 * @throws RangeError for an unknown name; when connected, for an axis that samples have not.
 */
export function activation(options: ActivationOptions): Layer {
  const common = commonOptions(options, ["activation"], "activation");
  const resolved = getActivation(options.activation);
  return activationLayer("Activation", common, resolved, { activation: describeActivation(resolved) });
}

/** A layer that is an activation. */
export function activationLayer(
  className: string,
  common: CommonSettings,
  activation: Activation,
  config: Layer["config"] = activation.config,
): Layer {
  return {
    className,
    ...common,
    config,
    outputShape(inputShape) {
      checkSampleAxes(activation, inputShape);
      return inputShape;
    },
    weights: () => [],
    plan: (context) => [activationStep(activation, context, denseInput(context), context.inputShape, false)],
  };
}

/** An activation of `input`, samples of `shape`, in place where that is wanted and possible, or into memory of its own. */
export function activationStep(
  activation: Activation,
  context: PlanContext,
  input: Values,
  shape: readonly number[],
  inPlace: boolean,
): Step {
  if (activation.axis !== undefined && shape.length > 1) return rowsStep(activation, context, input, shape);
  const { kernels } = context.arena;
  const { width, stride } = input;
  const fromX = activation.derivativeFrom === "x";
  const output = inPlace && !fromX ? input : allocateLike(context, input);
  const source = fromX ? input : output;
  return {
    output,
    activation: activation.name,
    learns: false,
    forward: ({ rows }) => activation.forward(kernels, output.pointer, input.pointer, { rows, width, stride }),
    backward({ rows }, dOutput, dInput) {
      if (dInput !== undefined) activation.backward(kernels, dInput, dOutput, source.pointer, { rows, width, stride });
    },
  };
}
