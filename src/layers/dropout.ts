import type { BatchShape } from "../activations/activation.js";
import { checkNumber } from "../checks.js";
import type { Arena } from "../wasm/arena.js";
import type { Pointer } from "../wasm/kernels.js";
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
  return droppingLayer("Dropout", "dropout", options, ({ kernels }, rate) => (y, mask, x, batch, pass, stream) => {
    const { stride, rows, width } = batch;
    const { seedLow, seedHigh, iteration } = pass;
    kernels.dropoutForward(y, mask, x, stride, 0, rows, width, rate, seedLow, seedHigh, stream, iteration);
  });
}

/**
 * Dropout for SELU (Klambauer et al. 2017): dropped values become -1.7581, and the result is scaled and shifted so that
 * mean and variance stay. In prediction it does nothing.
 *
 * @throws TypeError, RangeError for a rate outside [0, 1).
 */
export function alphaDropout(options: DropoutOptions): Layer {
  return droppingLayer("AlphaDropout", "alphaDropout", options, ({ kernels }, rate) => {
    const a = 1 / Math.sqrt((1 - rate) * (1 + rate * ALPHA_PRIME * ALPHA_PRIME));
    const b = -a * ALPHA_PRIME * rate;
    return (y, mask, x, { stride, rows, width }, { seedLow, seedHigh, iteration }, stream) => {
      kernels.alphaDropoutForward(
        y,
        mask,
        x,
        stride,
        0,
        rows,
        width,
        rate,
        ALPHA_PRIME,
        a,
        b,
        seedLow,
        seedHigh,
        stream,
        iteration,
      );
    };
  });
}

type Drop = (y: Pointer, mask: Pointer, x: Pointer, batch: BatchShape, pass: TrainingPass, stream: number) => void;

function droppingLayer(
  className: string,
  where: string,
  options: DropoutOptions,
  prepare: (arena: Arena, rate: number) => Drop,
): Layer {
  const common = commonOptions(options, ["rate"], where);
  const { rate } = options;
  checkNumber(rate, `${where}: rate`, "a number in [0, 1)", (value) => value >= 0 && value < 1);
  return {
    className,
    ...common,
    config: { rate },
    outputShape: (inputShape) => inputShape,
    weights: () => [],
    plan: (context) => (rate > 0 && context.training ? [dropStep(context, prepare(context.arena, rate))] : []),
  };
}

function dropStep(context: PlanContext, drop: Drop): Step {
  const { kernels } = context.arena;
  const input = denseInput(context);
  const { width, stride } = input;
  const output = allocateLike(context, input);
  const { pointer: mask } = allocateLike(context, input);
  const stream = DROPOUT_STREAMS + context.index;
  return {
    output,
    learns: false,
    forward({ rows, training }) {
      if (training) drop(output.pointer, mask, input.pointer, { rows, width, stride }, training, stream);
    },
    backward({ rows }, dOutput, dInput) {
      if (dInput !== undefined) kernels.multiply(dInput, dOutput, mask, rows * stride);
    },
  };
}
