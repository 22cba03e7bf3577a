import { checkNumber } from "../checks.js";
import type { Kernels, Pointer } from "../wasm/kernels.js";
import { allocateLike, commonOptions, denseInput, type LayerOptions } from "./common.js";
import type { Layer, PlanContext, Step, TrainingPass } from "./layer.js";

export interface DropoutOptions extends LayerOptions {
  /** The share of values to drop, in [0, 1). */
  readonly rate: number;
}

/** Which of a model's random streams belong to dropout: this plus the layer's number. */
const DROPOUT_STREAMS = 0x10000;

/** -1.0507 · 1.6733, to which SELU falls. */
const ALPHA_PRIME = -1.6732632423543772 * 1.0507009873554805;

/**
 * In training, sets each value to 0 with probability `rate` and multiplies the others by 1 / (1 - rate) (Srivastava et al.
 * 2014). In prediction it does nothing. The shape stays.
 *
 * @throws TypeError, RangeError for a rate outside [0, 1).
 */
export function dropout(options: DropoutOptions): Layer {
  const { rate } = options;
  return droppingLayer("Dropout", "dropout", options, (kernels, y, mask, x, stream, pass, n) => {
    kernels.dropoutForward(y, mask, x, rate, pass.seedLow, pass.seedHigh, stream, pass.iteration, n);
  });
}

/**
 * Dropout for SELU (Klambauer et al. 2017): dropped values become -1.7581, and the result is scaled and shifted so that
 * mean and variance stay. In prediction it does nothing.
 *
 * @throws TypeError, RangeError for a rate outside [0, 1).
 */
export function alphaDropout(options: DropoutOptions): Layer {
  const { rate } = options;
  const a = 1 / Math.sqrt((1 - rate) * (1 + rate * ALPHA_PRIME * ALPHA_PRIME));
  const b = -a * ALPHA_PRIME * rate;
  return droppingLayer("AlphaDropout", "alphaDropout", options, (kernels, y, mask, x, stream, pass, n) => {
    const { seedLow, seedHigh, iteration } = pass;
    kernels.alphaDropoutForward(y, mask, x, rate, ALPHA_PRIME, a, b, seedLow, seedHigh, stream, iteration, n);
  });
}

type Drop = (
  kernels: Kernels,
  y: Pointer,
  mask: Pointer,
  x: Pointer,
  stream: number,
  pass: TrainingPass,
  n: number,
) => void;

function droppingLayer(className: string, where: string, options: DropoutOptions, drop: Drop): Layer {
  const common = commonOptions(options, ["rate"], where);
  checkNumber(options.rate, `${where}: rate`, "a number in [0, 1)", (rate) => rate >= 0 && rate < 1);
  return {
    className,
    ...common,
    config: { rate: options.rate },
    outputShape: (inputShape) => inputShape,
    weights: () => [],
    plan: (context) => (options.rate === 0 ? [] : [dropStep(context, drop)]),
  };
}

function dropStep(context: PlanContext, drop: Drop): Step {
  const { arena, capacity } = context;
  const { kernels } = arena;
  const input = denseInput(context);
  const { stride } = input;
  const output = allocateLike(context, input);
  // Random words come sixteen at a time
  const mask = arena.allocate(capacity * stride + 16);
  const stream = DROPOUT_STREAMS + context.index;
  return {
    output,
    learns: false,
    forward({ rows, training }) {
      if (training) drop(kernels, output.pointer, mask, input.pointer, stream, training, rows * stride);
      else kernels.copyRows(output.pointer, stride, input.pointer, stride, rows, stride);
    },
    backward({ rows }, dOutput, dInput) {
      if (dInput !== undefined) kernels.multiply(dInput, dOutput, mask, rows * stride);
    },
  };
}
