/** From layers and members to what can be sent: their classes and settings, as in a saved model. */
import { describe } from "../arrays.js";
import { checkOptions } from "../checks.js";
import { LanewiseError } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import { getModelLoss, type LossInput } from "../losses/get-loss.js";
import { accuracyByShape } from "../metrics/accuracy.js";
import { getMetric, type MetricInput } from "../metrics/get-metric.js";
import type { ConfiguredMetric } from "../metrics/metric.js";
import type { CompileOptions } from "../model/compile-options.js";
import type { SequentialOptions } from "../model/sequential-options.js";
import { partsOf } from "../network/nesting.js";
import { getOptimizer } from "../optimizers/get-optimizer.js";
import type { Schedule } from "../schedules/schedule.js";
import type { SentCompileOptions, SentLayer, SentMember, SentStack } from "./protocol.js";

/** @throws LanewiseError for a model with weights among the layers. */
export function describeStack(layers: readonly Layer[], options: SequentialOptions): SentStack {
  const send = (layer: Layer): SentLayer => {
    const parts = partsOf(layer);
    if (!parts) return sendLayer(layer);
    if (parts.withInner().some((part) => part.ownWeights().length > 0)) {
      throw new LanewiseError(
        `${layer.name}: a model that has its weights can't be sent as a layer of another; send it alone, as await model.toArtifacts()`,
      );
    }
    return sendModel(layer);
  };
  const sendModel = (model: Layer): SentLayer => {
    const { layers: inner = [], hasName = false, seed } = partsOf(model) ?? {};
    const { name, inputShape } = model;
    const input = inner[0]?.inputShape === undefined && inputShape ? [inputLayer(inputShape)] : [];
    return {
      class_name: model.className,
      config: {},
      stack: {
        layers: [...input, ...inner.map(send)],
        options: { ...(hasName && name !== undefined && { name }), ...(seed !== undefined && { seed }) },
      },
    };
  };
  return { layers: layers.map(send), options };
}

function sendLayer({ className, name, inputShape, trainable, config }: Layer): SentLayer {
  const common = {
    ...(name !== undefined && { name }),
    ...(inputShape && { batch_input_shape: [null, ...inputShape] }),
    ...(trainable !== undefined && { trainable }),
  };
  return { class_name: className, config: { ...config, ...common } };
}

function inputLayer(inputShape: readonly number[]): SentLayer {
  return { class_name: "InputLayer", config: { batch_input_shape: [null, ...inputShape] } };
}

/** @throws TypeError, RangeError for what `compile` would refuse; LanewiseError for what can't be sent. */
export function describeCompileOptions(options: CompileOptions): SentCompileOptions {
  checkOptions(options, ["optimizer", "loss", "metrics", "weightedMetrics"], "compile");
  const { optimizer, loss, metrics = [], weightedMetrics = [] } = options;
  if (optimizer === undefined) throw new TypeError("compile: an optimizer is needed, such as 'adam'");
  if (loss === undefined) throw new TypeError("compile: a loss is needed, such as 'categoricalCrossentropy'");
  for (const [name, list] of Object.entries({ metrics, weightedMetrics })) {
    if (!Array.isArray(list)) throw new TypeError(`compile: ${name}: expected an array, got ${describe(list)}`);
  }
  return {
    optimizer: describeOptimizer(optimizer),
    loss: describeLoss(loss),
    metrics: metrics.map(describeMetric),
    weightedMetrics: weightedMetrics.map(describeMetric),
  };
}

function describeOptimizer(given: CompileOptions["optimizer"]): string | SentMember {
  if (typeof given === "string") return given;
  const { className, config } = getOptimizer(given);
  const { learningRate } = config;
  if (typeof learningRate === "number") return { class_name: className, config };
  const schedule = learningRate as Schedule;
  if (schedule.className === undefined)
    throw unsendable(`the learning rate of ${className}`, "use a member of `schedules`");
  const sent = { class_name: schedule.className, config: schedule.config };
  return { class_name: className, config: { ...config, learningRate: sent } };
}

function describeLoss(given: LossInput): string | SentMember {
  if (typeof given === "string") return given;
  const { name, className, config } = getModelLoss(given);
  if (className === undefined) throw unsendable(`the loss '${name}'`, REGISTER);
  return { class_name: className, config };
}

function describeMetric(given: MetricInput): string | SentMember {
  if (typeof given === "string") return given;
  const metric = getMetric(given);
  if (Object.values(accuracyByShape).includes(metric)) return metric.name;
  const { name, className, config } = metric as typeof metric & Partial<ConfiguredMetric>;
  if (className === undefined) throw unsendable(`the metric '${name}'`, REGISTER);
  return { class_name: className, config: { ...config, name } };
}

const REGISTER = "register it in the worker, and give its name here";

function unsendable(what: string, remedy: string): LanewiseError {
  return new LanewiseError(`compile: ${what}: functions of your own can't be sent to a worker; ${remedy}`);
}
