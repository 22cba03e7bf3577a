import { describe, describeShape, sizeOf } from "../arrays.js";
import { checkInteger } from "../checks.js";
import { ShapeError } from "../errors.js";
import { toSnakeCase } from "../lookup.js";
import { offset, toStride } from "../wasm/kernels.js";
import { layerKernels } from "../wasm/parts/layers.js";
import { commonOptions, denseInput, type LayerOptions } from "./common.js";
import type { Layer, PlanContext, Step } from "./layer.js";

export interface CategoryEncodingOptions extends LayerOptions {
  /** How many tokens there are: values are whole numbers from 0 to numTokens - 1. */
  readonly numTokens: number;
  /**
   * 'oneHot': a row of numTokens for each value, with a 1 at its place; a last axis of size 1 goes. 'multiHot': one row for
   * a sample, a vector, with a 1 for each token in it. 'count': how often it is there. Default 'multiHot'. Keras's spelling
   * is taken, too.
   */
  readonly outputMode?: "oneHot" | "multiHot" | "count" | "one_hot" | "multi_hot";
}

const MODES = ["one_hot", "multi_hot", "count"];

/**
 * Turns whole numbers into rows of 0 and 1, or counts. No gradient goes through it.
 *
 * @throws TypeError, RangeError for options out of range; when connected, ShapeError for samples that are no vectors, unless
 *   the mode is 'oneHot'; when used, RangeError for a value that is no token.
 */
export function categoryEncoding(options: CategoryEncodingOptions): Layer {
  const where = "categoryEncoding";
  const common = commonOptions(options, ["numTokens", "outputMode"], where);
  const { numTokens, outputMode = "multiHot" } = options;
  checkInteger(numTokens, `${where}: numTokens`, 1);
  const mode = toSnakeCase(`${outputMode}`);
  if (!MODES.includes(mode)) {
    throw new RangeError(`${where}: outputMode: expected 'oneHot', 'multiHot' or 'count', got ${describe(outputMode)}`);
  }
  const oneHot = mode === "one_hot";
  return {
    className: "CategoryEncoding",
    ...common,
    config: { num_tokens: numTokens, output_mode: mode },
    outputShape(inputShape) {
      if (oneHot) return [...(inputShape.at(-1) === 1 ? inputShape.slice(0, -1) : inputShape), numTokens];
      if (inputShape.length === 1) return [numTokens];
      throw new ShapeError(`${where}: expected samples of shape [length], got ${describeShape(inputShape)}`);
    },
    weights: () => [],
    plan: (context) => [encodingStep(context, numTokens, oneHot, mode === "count", where)],
  };
}

function encodingStep(
  { arena, capacity, inputShape, ...context }: PlanContext,
  numTokens: number,
  oneHot: boolean,
  counting: boolean,
  where: string,
): Step {
  const { kernels } = arena;
  const input = denseInput({ arena, capacity, inputShape, ...context });
  const { pointer: x, stride: xStride } = input;
  const values = sizeOf(inputShape);
  const size = oneHot ? 1 : values;
  const width = (values / size) * numTokens;
  const stride = toStride(width);
  const output = { pointer: arena.allocate(capacity * stride), width, stride };
  return {
    output,
    learns: false,
    forward({ rows }) {
      const { pointer: y } = output;
      const bad = layerKernels(kernels).encodeCategories(
        y,
        stride,
        x,
        xStride,
        rows,
        values,
        size,
        numTokens,
        counting,
      );
      if (bad < 0) return;
      const at = offset(x, Math.floor(bad / values) * xStride + (bad % values));
      const [value] = arena.floats(at, 1);
      throw new RangeError(`${where}: expected whole numbers from 0 to ${numTokens - 1}, got ${value}`);
    },
    backward({ rows }, _dOutput, dInput) {
      if (dInput !== undefined) kernels.fill(dInput, 0, rows * xStride);
    },
  };
}
