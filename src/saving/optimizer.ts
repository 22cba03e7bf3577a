/** Optimizers and their schedules, to a file and back, in the names of TensorFlow.js. */
import { toCamelCase } from "../lookup.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { findRegistered } from "../registry.js";
import { inverseTimeDecay } from "../schedules/inverse-time-decay.js";
import type { Schedule } from "../schedules/schedule.js";
import type { SavedMember } from "./artifacts.js";
import { asObject, asText, blameFile, type JsonObject } from "./checks.js";

type Make<T> = (options: never) => T;

/** Undefined for one of the user's own, or with a learning rate of the user's own. */
export function describeOptimizer({ className, config }: Optimizer): SavedMember | undefined {
  if (!findRegistered<Make<Optimizer>>("optimizers", className)) return undefined;
  const learningRate = describeRate(config.learningRate);
  if (learningRate === undefined) return undefined;
  const { momentum, nesterov, rho, ...rest }: JsonObject = { ...config, learningRate };
  // TensorFlow.js has a class of its own for SGD with momentum, and another word for RMSprop's rho
  if (className === "SGD" && momentum !== 0) {
    return { class_name: "Momentum", config: { ...rest, momentum, useNesterov: nesterov } };
  }
  if (className === "RMSprop") return { class_name: "RMSProp", config: { ...rest, momentum, decay: rho } };
  return { class_name: className, config: { ...config, learningRate } };
}

function describeRate(rate: unknown): unknown {
  if (typeof rate === "number") return rate;
  const { className, config } = rate as Schedule;
  return findRegistered<unknown>("schedules", className ?? "") && { class_name: className, config: { ...config } };
}

/** What says nothing about how an optimizer works here. */
const NO_OPTIONS = ["name", "isLegacyOptimizer", "jitCompile"];

/** Undefined for one that is not known here, or follows a schedule that is not. Keras's names will do as well. */
export function readOptimizer(source: unknown, where: string): Optimizer | undefined {
  const { class_name: className, config } = asObject(source, where);
  const name = asText(className, `${where}.class_name`);
  const make = findRegistered<Make<Optimizer>>("optimizers", name === "Momentum" ? "sgd" : name);
  const { useNesterov, decay, learningRate, ...settings } = readSettings(config, `${where}.config`);
  const rate = readRate(learningRate, `${where}.config.learningRate`);
  if (!make || (rate === undefined && learningRate !== undefined)) return undefined;
  const given = {
    ...settings,
    ...(rate !== undefined && { learningRate: rate }),
    ...(useNesterov !== undefined && { nesterov: useNesterov }),
    ...readDecay(name, decay, rate),
  };
  return blameFile(where, () => make(given as never));
}

/** What TensorFlow.js calls decay is rho for RMSProp, and makes Adamax's learning rate fall. Keras's old ones have a 0. */
function readDecay(name: string, decay: unknown, rate: unknown): JsonObject {
  if (decay === undefined || (decay === 0 && name !== "RMSProp")) return {};
  if (name === "RMSProp") return { rho: decay };
  if (typeof decay !== "number" || typeof rate !== "number") return { decay };
  const decayed = { initialLearningRate: rate, decaySteps: 1, decayRate: decay };
  return { learningRate: inverseTimeDecay(decayed) };
}

function readRate(source: unknown, where: string): unknown {
  if (typeof source !== "object" || source === null) return source;
  const { class_name: className, config } = asObject(source, where);
  const make = findRegistered<Make<Schedule>>("schedules", asText(className, `${where}.class_name`));
  const settings = readSettings(config, `${where}.config`);
  return make && blameFile(where, () => make(settings as never));
}

/** Names in camel case; what is null is not given. */
function readSettings(source: unknown, where: string): JsonObject {
  const settings = Object.entries(asObject(source, where)).map(([key, value]) => [toCamelCase(key), value] as const);
  return Object.fromEntries(settings.filter(([key, value]) => value !== null && !NO_OPTIONS.includes(key)));
}
