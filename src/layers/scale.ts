/** What the normalizing layers share: a factor and an offset for each column, which are learnt as any weight is. */
import { checkBoolean } from "../checks.js";
import { getInitializer, type Initializer, type InitializerName } from "../initializers/index.js";
import { toVectors } from "../wasm/kernels.js";
import type { Matrix } from "./axes.js";
import type { LayerOptions } from "./common.js";
import type { PlanContext, Step, WeightSpec } from "./layer.js";

export interface ScaleOptions extends LayerOptions {
  /** Whether to add an offset, beta. Default true. */
  readonly center?: boolean;
  /** Whether to multiply by a factor, gamma. Default true. */
  readonly scale?: boolean;
  /** Default: 'zeros'. */
  readonly betaInitializer?: InitializerName | (string & {}) | Initializer;
  /** Default: 'ones'. */
  readonly gammaInitializer?: InitializerName | (string & {}) | Initializer;
}

export const scaleOptionNames = ["center", "scale", "betaInitializer", "gammaInitializer"] as const;

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
  const beta = getInitializer(options.betaInitializer ?? "zeros");
  const gamma = getInitializer(options.gammaInitializer ?? "ones");
  return {
    config: {
      center,
      scale,
      beta_initializer: describeInitializer(beta),
      gamma_initializer: describeInitializer(gamma),
    },
    weights: (shape) => [
      ...(scale ? [{ name: "gamma", shape, inOneRow: true, initializer: gamma }] : []),
      ...(center ? [{ name: "beta", shape, inOneRow: true, initializer: beta }] : []),
    ],
  };
}

/** As it stands in a saved model. */
export function describeInitializer({ className, config }: Initializer): Readonly<Record<string, unknown>> {
  return { class_name: className, config };
}

/** y[i,j] = x[i,j] · factor[j] + offset[j], with the layer's weights of these names. No step when it has neither. */
export function scaleSteps(context: PlanContext, matrix: Matrix, factorName: string, offsetName: string): Step[] {
  const { arena, capacity, learns, workspace, weights } = context;
  const { kernels } = arena;
  const { pointer: x, width, stride, groups, columns, rowStride } = matrix;
  const named = (name: string) => weights.find((weight) => weight.name === name);
  const [factor, offset] = [named(factorName), named(offsetName)];
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
        const [times, plus] = [factor?.pointer ?? ones, offset?.pointer ?? zeros];
        kernels.affineColumns(output.pointer, x, rowStride, zeros, times, plus, rows * groups, n);
      },
      backward(pass, dOutput, dInput) {
        const rows = pass.rows * groups;
        if (dInput !== undefined) {
          kernels.affineColumns(dInput, dOutput, rowStride, zeros, factor?.pointer ?? ones, zeros, rows, n);
        }
        if (!learns) return;
        if (factor) {
          kernels.multiply(products, dOutput, x, rows * rowStride);
          kernels.columnSums(gradient, products, rowStride, rows, n);
          pass.update(factor, 0, 1, gradient);
        }
        if (offset) {
          kernels.columnSums(gradient, dOutput, rowStride, rows, n);
          pass.update(offset, 0, 1, gradient);
        }
      },
    },
  ];
}
