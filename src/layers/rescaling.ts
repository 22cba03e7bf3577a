import { type ArrayInput, sizeOf } from "../arrays.js";
import { checkNumber } from "../checks.js";
import { applyColumns, type Columns, columnsStep, nested, readNumbers, spread } from "./columns.js";
import { allocateLike, commonOptions, denseInput, type LayerOptions } from "./common.js";
import type { Layer, PlanContext, Step } from "./layer.js";

export interface RescalingOptions extends LayerOptions {
  /** A number; or an array that can be repeated to the shape of a sample, such as one number for each channel. */
  readonly scale: number | ArrayInput;
  /** The same. Default 0. */
  readonly offset?: number | ArrayInput;
}

/**
 * y = x · scale + offset, in training and in prediction: `rescaling({ scale: 1 / 255 })` for pixels. The shape stays.
 *
 * @throws TypeError, RangeError when scale or offset is no finite number nor an array of some; when connected, ShapeError
 *   for arrays that do not fit the samples.
 */
export function rescaling(options: RescalingOptions): Layer {
  const common = commonOptions(options, ["scale", "offset"], "rescaling");
  const { scale, offset = 0 } = options;
  return {
    className: "Rescaling",
    ...common,
    weights: () => [],
    ...(typeof scale === "object" || typeof offset === "object" ? byColumns(scale, offset) : byNumbers(scale, offset)),
  };
}

type Work = Pick<Layer, "config" | "outputShape" | "plan" | "preprocess">;

function byNumbers(scale: number, offset: number): Work {
  checkNumber(scale, "rescaling: scale");
  checkNumber(offset, "rescaling: offset");
  return {
    config: { scale, offset },
    outputShape: (inputShape) => inputShape,
    plan: (context) => [rescalingStep(context, scale, offset)],
    preprocess: ({ kernels }, { pointer, stride }, rows) =>
      kernels.rescale(pointer, pointer, scale, offset, rows * stride),
  };
}

function byColumns(scale: number | ArrayInput, offset: number | ArrayInput): Work {
  const factors = readNumbers(scale, "rescaling: scale");
  const summands = readNumbers(offset, "rescaling: offset");
  const columns = (inputShape: readonly number[]): Columns => {
    const axes = inputShape.map((_, axis) => axis);
    return {
      shift: new Float32Array(sizeOf(inputShape)),
      scale: spread(factors, inputShape, axes, "rescaling: scale"),
      offset: spread(summands, inputShape, axes, "rescaling: offset"),
    };
  };
  return {
    config: { scale: nested(factors), offset: nested(summands) },
    outputShape(inputShape) {
      columns(inputShape);
      return inputShape;
    },
    plan: (context) => [columnsStep(context, () => columns(context.inputShape))],
    preprocess: (arena, values, rows, inputShape) => applyColumns(arena, values, rows, columns(inputShape)),
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
