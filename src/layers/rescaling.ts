import { checkNumber } from "../checks.js";
import { allocateLike, commonOptions, denseInput, type LayerOptions } from "./common.js";
import type { Layer, PlanContext, Step } from "./layer.js";

export interface RescalingOptions extends LayerOptions {
  readonly scale: number;
  /** Default 0. */
  readonly offset?: number;
}

/**
 * y = x · scale + offset, in training and in prediction: `rescaling({ scale: 1 / 255 })` for pixels. The shape stays.
 *
 * @throws TypeError, RangeError when scale or offset is no finite number.
 */
export function rescaling(options: RescalingOptions): Layer {
  const common = commonOptions(options, ["scale", "offset"], "rescaling");
  const { scale, offset = 0 } = options;
  checkNumber(scale, "rescaling: scale");
  checkNumber(offset, "rescaling: offset");
  return {
    className: "Rescaling",
    ...common,
    config: { scale, offset },
    outputShape: (inputShape) => inputShape,
    weights: () => [],
    plan: (context) => [rescalingStep(context, scale, offset)],
    preprocess: ({ kernels }, { pointer, stride }, rows) =>
      kernels.rescale(pointer, pointer, scale, offset, rows * stride),
  };
}

function rescalingStep(context: PlanContext, scale: number, offset: number): Step {
  const { kernels } = context.arena;
  const input = denseInput(context);
  const { stride } = input;
  const output = allocateLike(context, input);
  return {
    output,
    learns: false,
    forward: ({ rows }) => kernels.rescale(output.pointer, input.pointer, scale, offset, rows * stride),
    backward({ rows }, dOutput, dInput) {
      if (dInput !== undefined) kernels.rescale(dInput, dOutput, scale, 0, rows * stride);
    },
  };
}
