/** From what was sent to layers and members, in the worker. */
import type { Callback } from "../callbacks/callback.js";
import type { Recipe } from "../callbacks/recipe.js";
import { LanewiseError } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import type { Loss } from "../losses/loss.js";
import type { Metric } from "../metrics/metric.js";
import type { CompileOptions } from "../model/compile-options.js";
import { Sequential } from "../model/sequential.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { type Family, findRegistered, kindOf } from "../registry.js";
import { readLoss } from "../saving/loss.js";
import { readMetric } from "../saving/metrics.js";
import { readOptimizer } from "../saving/optimizer.js";
import { readSingleLayer } from "../saving/topology.js";
import type { SentCompileOptions, SentLayer, SentMember, SentStack } from "./protocol.js";

/** @throws LanewiseError for layers that are not known here; what `new Sequential` throws. */
export function makeModel({ layers, options }: SentStack): Sequential {
  const make = (sent: SentLayer, index: number): Layer =>
    sent.stack ? makeModel(sent.stack) : makeLayer(sent, `layer ${index}`);
  return new Sequential(layers.map(make), options);
}

function makeLayer(sent: SentLayer, where: string): Layer {
  const { class_name: className, config } = sent;
  if (!findRegistered("layers", className)) throw unknown("layers", className, where);
  const layer = readSingleLayer(sent, where);
  // An initializer that is not known would be the default, and the weights others
  for (const [name, value] of Object.entries(layer.config)) {
    if (JSON.stringify(value) === JSON.stringify(config[name])) continue;
    throw new LanewiseError(
      `${where} (${className}): ${name}: the worker does not know ${JSON.stringify(config[name])}; register it there`,
    );
  }
  return layer;
}

/** @throws RangeError, LanewiseError for members that are not known here. */
export function makeCompileOptions(sent: SentCompileOptions): CompileOptions {
  const { optimizer, loss, metrics, weightedMetrics } = sent;
  return {
    optimizer: make<Optimizer>(optimizer, "optimizers", readOptimizer),
    loss: make<Loss>(loss, "losses", readLoss),
    metrics: metrics.map((metric) => make<Metric>(metric, "metrics", readMetric)),
    weightedMetrics: weightedMetrics.map((metric) => make<Metric>(metric, "metrics", readMetric)),
  };
}

function make<T>(
  sent: string | SentMember,
  family: Family,
  read: (source: unknown, where: string) => T | undefined,
): string | T {
  if (typeof sent === "string") return sent;
  const member = read(sent, `compile: ${kindOf(family)}`);
  if (member === undefined) throw unknown(family, sent.class_name, "compile");
  return member;
}

/** @throws LanewiseError for one that is not known here. */
export function makeCallback({ name, options }: Recipe): Callback {
  const make = findRegistered<(options: Recipe["options"]) => Callback>("callbacks", name);
  if (!make) throw unknown("callbacks", name, "fit");
  return make(options);
}

function unknown(family: Family, name: string, where: string): LanewiseError {
  return new LanewiseError(
    `${where}: the worker does not know the ${kindOf(family)} ${name}; call register({ ${family}: … }) there`,
  );
}
