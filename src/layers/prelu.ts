import { describeShape, sizeOf } from "../arrays.js";
import { checkInteger } from "../checks.js";
import { type ConstraintInput, getConstraint } from "../constraints/get-constraint.js";
import { zeros } from "../initializers/constant.js";
import { getInitializer, type InitializerInput } from "../initializers/get-initializer.js";
import { getRegularizer, type RegularizerInput } from "../regularizers/get-regularizer.js";
import { toVectors } from "../wasm/kernels.js";
import { activationKernels } from "../wasm/parts/activations.js";
import { allocateLike, commonOptions, denseInput, describeMember, ifGiven, type LayerOptions } from "./common.js";
import type { Layer, PlanContext, Step, Weight } from "./layer.js";

export interface PReLUOptions extends LayerOptions {
  /** Default 'zeros'. */
  readonly alphaInitializer?: InitializerInput;
  /** A penalty that is added to the loss. Default: none. */
  readonly alphaRegularizer?: RegularizerInput;
  /** What the slopes are brought back to after each step. Default: nothing. */
  readonly alphaConstraint?: ConstraintInput;
  /** The axes along which all values share one slope, the first of a sample being 1. Default none. */
  readonly sharedAxes?: number | readonly number[] | null;
}

/**
 * y = x for x > 0, alpha · x elsewhere, with slopes that are learned (He et al. 2015). The shape stays.
 *
 * Weight: alpha, of the sample's shape, with 1 for the shared axes.
 *
 * @throws TypeError, RangeError for options out of range; when connected, RangeError for an axis that samples have not.
 */
export function prelu(options: PReLUOptions = {}): Layer {
  const own = ["alphaInitializer", "alphaRegularizer", "alphaConstraint", "sharedAxes"];
  const common = commonOptions(options, own, "prelu");
  const { alphaInitializer = zeros(), sharedAxes = null } = options;
  const initializer = getInitializer(alphaInitializer);
  const regularizer = ifGiven(options.alphaRegularizer, getRegularizer);
  const constraint = ifGiven(options.alphaConstraint, getConstraint);
  const shared = [sharedAxes ?? []].flat();
  for (const axis of shared) checkInteger(axis, "prelu: sharedAxes", 1);
  const alphaShape = (inputShape: readonly number[]) => {
    const beyond = shared.find((axis) => axis > inputShape.length);
    if (beyond !== undefined) {
      throw new RangeError(`prelu: sharedAxes: ${beyond} is no axis of samples of shape ${describeShape(inputShape)}`);
    }
    return inputShape.map((length, i) => (shared.includes(i + 1) ? 1 : length));
  };
  return {
    className: "PReLU",
    ...common,
    config: {
      alpha_initializer: describeMember(initializer),
      alpha_regularizer: describeMember(regularizer),
      alpha_constraint: describeMember(constraint),
      shared_axes: sharedAxes === null ? null : shared,
    },
    outputShape(inputShape) {
      alphaShape(inputShape);
      return inputShape;
    },
    weights: (inputShape) => [{ name: "alpha", shape: alphaShape(inputShape), initializer, regularizer, constraint }],
    plan: (context) => [preluStep(context)],
  };
}

function preluStep(context: PlanContext): Step {
  const { arena, inputShape, learns } = context;
  const { kernels } = arena;
  const [alpha] = context.weights as readonly [Weight];
  const input = denseInput(context);
  const { pointer: x, width, stride } = input;
  const output = allocateLike(context, input);
  // One slope for each value of a sample; and the same for their gradients, with a 0 behind them
  const zero = toVectors(width);
  const slopes = arena.allocate(zero);
  const dSlopes = arena.allocate(zero + 4);
  const alphaLength = alpha.rows * alpha.stride;
  const sharing = width / sizeOf(alpha.shape);
  const dAlphas = arena.allocate(learns ? alphaLength * sharing : 0);

  /** For each value of a sample, where its slope lies in alpha. */
  const places = arena.allocate(width);
  arena.words(places, width).set(placesIn(inputShape, alpha));
  /** For each place in alpha, the values that share it, the n-th of each in row n; the 0 where there is none. */
  const sharers = arena.allocate(learns ? alphaLength * sharing : 0);
  if (learns) {
    const counts = new Uint32Array(alphaLength);
    const numbers = new Uint32Array(alphaLength * sharing).fill(zero);
    arena.words(places, width).forEach((place, value) => {
      numbers[(counts[place] as number) * alphaLength + place] = value;
      (counts[place] as number)++;
    });
    arena.words(sharers, numbers.length).set(numbers);
  }

  return {
    output,
    learns,
    forward({ rows }) {
      kernels.gatherRows(slopes, 1, alpha.pointer, 1, places, width, 1);
      activationKernels(kernels).preluForward(output.pointer, x, slopes, stride, rows, width);
    },
    backward(pass, dOutput, dInput = dOutput) {
      activationKernels(kernels).preluBackward(dInput, dSlopes, dOutput, x, slopes, stride, pass.rows, width);
      if (!learns) return;
      kernels.gatherRows(dAlphas, 1, dSlopes, 1, sharers, alphaLength * sharing, 1);
      // Each column's sum takes the place of its first summand
      kernels.columnSums(dAlphas, dAlphas, alphaLength, sharing, alphaLength);
      pass.update(alpha, 0, alpha.rows, dAlphas);
    },
  };
}

/** For each value of a sample, in row-major order, the place of its slope in alpha. */
function placesIn(shape: readonly number[], { shape: alphaShape, width, stride }: Weight): Uint32Array {
  return Uint32Array.from({ length: sizeOf(shape) }, (_, value) => {
    let index = 0;
    let step = 1;
    let rest = value;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [length, slopes] = [shape[axis] as number, alphaShape[axis] as number];
      if (slopes > 1) index += (rest % length) * step;
      step *= slopes;
      rest = Math.floor(rest / length);
    }
    return Math.floor(index / width) * stride + (index % width);
  });
}
