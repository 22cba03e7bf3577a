/** What the normalizing layers share: a factor and an offset for each column, which are learnt as any weight is. */
import { checkBoolean } from "../checks.js";
import { type ConstraintInput, getConstraint } from "../constraints/get-constraint.js";
import { ones, zeros } from "../initializers/constant.js";
import { getInitializer, type InitializerInput } from "../initializers/get-initializer.js";
import { getRegularizer, type RegularizerInput } from "../regularizers/get-regularizer.js";
import type { Arena } from "../wasm/arena.js";
import { type Pointer, toVectors } from "../wasm/kernels.js";
import { layerKernels } from "../wasm/parts/layers.js";
import type { Matrix } from "./axes.js";
import { describeMember, ifGiven, type LayerOptions } from "./common.js";
import type { PlanContext, Step, TrainingPass, Weight, WeightSpec } from "./layer.js";

export interface ScaleOptions extends LayerOptions {
  /** Whether to add an offset, beta. Default true. */
  readonly center?: boolean;
  /** Whether to multiply by a factor, gamma. Default true. */
  readonly scale?: boolean;
  /** Default: 'zeros'. */
  readonly betaInitializer?: InitializerInput;
  /** Default: 'ones'. */
  readonly gammaInitializer?: InitializerInput;
  /** Penalties that are added to the loss. Default: none. */
  readonly betaRegularizer?: RegularizerInput;
  readonly gammaRegularizer?: RegularizerInput;
  /** What they are brought back to after each step. Default: nothing. */
  readonly betaConstraint?: ConstraintInput;
  readonly gammaConstraint?: ConstraintInput;
}

export const scaleOptionNames = [
  "center",
  "scale",
  "betaInitializer",
  "gammaInitializer",
  "betaRegularizer",
  "gammaRegularizer",
  "betaConstraint",
  "gammaConstraint",
] as const;

/** The options, checked. */
export interface Scale {
  readonly config: Readonly<Record<string, unknown>>;
  /** gamma and beta, as far as they are wanted. */
  weights(shape: readonly number[]): WeightSpec[];
}

/** @throws TypeError, RangeError for options that are none. */
export function checkScale(options: ScaleOptions, where: string): Scale {
  const { center = true, scale = true } = options;
  checkBoolean(center, `${where}: center`);
  checkBoolean(scale, `${where}: scale`);
  const beta = {
    initializer: getInitializer(options.betaInitializer ?? zeros()),
    regularizer: ifGiven(options.betaRegularizer, getRegularizer),
    constraint: ifGiven(options.betaConstraint, getConstraint),
  };
  const gamma = {
    initializer: getInitializer(options.gammaInitializer ?? ones()),
    regularizer: ifGiven(options.gammaRegularizer, getRegularizer),
    constraint: ifGiven(options.gammaConstraint, getConstraint),
  };
  return {
    config: {
      center,
      scale,
      beta_initializer: describeMember(beta.initializer),
      gamma_initializer: describeMember(gamma.initializer),
      beta_regularizer: describeMember(beta.regularizer),
      gamma_regularizer: describeMember(gamma.regularizer),
      beta_constraint: describeMember(beta.constraint),
      gamma_constraint: describeMember(gamma.constraint),
    },
    weights: (shape) => [
      ...(scale ? [{ name: "gamma", shape, ...gamma }] : []),
      ...(center ? [{ name: "beta", shape, ...beta }] : []),
    ],
  };
}

/** y[i,j] = x[i,j] · factor[j] + offset[j], with the layer's weights of these names. No step when it has neither. */
export function scaleSteps(context: PlanContext, matrix: Matrix, factorName: string, offsetName: string): Step[] {
  const { arena, capacity, learns, workspace, weights } = context;
  const { kernels } = arena;
  const { pointer: x, width, stride, groups, columns, rowStride } = matrix;
  const named = (name: string) => weights.find((weight) => weight.name === name);
  const [factor, offset] = [factorName, offsetName].map((name) => {
    const weight = named(name);
    return weight && inOneRow(arena, weight);
  });
  if (!factor && !offset) return [];

  const { zeros } = workspace;
  const n = toVectors(columns);
  const output = { pointer: arena.allocate(capacity * stride), width, stride };
  const ones = factor ? zeros : arena.allocate(n);
  if (!factor) kernels.fill(ones, 1, n);
  const products = arena.allocate(learns && factor ? capacity * stride : 0);
  const gradient = arena.allocate(n);
  return [
    {
      output,
      learns,
      forward({ rows }) {
        const [times, plus] = [factor?.read() ?? ones, offset?.read() ?? zeros];
        layerKernels(kernels).affineColumns(output.pointer, x, rowStride, zeros, times, plus, rows * groups, n);
      },
      backward(pass, dOutput, dInput) {
        const rows = pass.rows * groups;
        if (dInput !== undefined) {
          layerKernels(kernels).affineColumns(
            dInput,
            dOutput,
            rowStride,
            zeros,
            factor?.read() ?? ones,
            zeros,
            rows,
            n,
          );
        }
        if (!learns) return;
        if (factor) {
          kernels.multiply(products, dOutput, x, rows * rowStride);
          kernels.columnSums(gradient, products, rowStride, rows, n);
          factor.update(pass, gradient);
        }
        if (offset) {
          kernels.columnSums(gradient, dOutput, rowStride, rows, n);
          offset.update(pass, gradient);
        }
      },
    },
  ];
}

/** A weight of any shape, seen as one row of values without gaps. */
interface Row {
  /** Where the values stand, until the weight changes. */
  read(): Pointer;
  update(pass: TrainingPass, gradient: Pointer): void;
}

function inOneRow(arena: Arena, weight: Weight): Row {
  const { kernels } = arena;
  const { pointer, rows, width, stride } = weight;
  if (rows === 1) return { read: () => pointer, update: (pass, gradient) => pass.update(weight, 0, 1, gradient) };
  const values = arena.allocate(rows * width);
  const gradients = arena.allocate(rows * stride);
  return {
    read() {
      kernels.copyRows(values, width, pointer, stride, rows, width);
      return values;
    },
    update(pass, gradient) {
      kernels.copyRows(gradients, stride, gradient, width, rows, width);
      pass.update(weight, 0, rows, gradients);
    },
  };
}
