/** Making the members of `metrics`: functions that configure a metric, or measure host arrays at once. */
import { type ArrayInput, describe, isArrayInput } from "../arrays.js";
import { checkOptions } from "../checks.js";
import { toSnakeCase } from "../lookup.js";
import { type Reading, updateFromArrays } from "./host-arrays.js";
import type {
  ConfiguredMetric,
  MetricFactory,
  MetricResult,
  MetricState,
  NamedOptions,
  RunningMetric,
  WeightedOptions,
} from "./metric.js";

/** What sets a metric apart from others. */
export interface MetricDefinition<Options extends object, R extends MetricResult> {
  /** The name of its class in Keras. */
  readonly className: string;
  /** Every option that it has, with its default; undefined where it must be given. */
  readonly defaults: Options;
  /** @throws TypeError, RangeError for options out of range. */
  readonly check?: (options: Options, where: string) => void;
  readonly reading: Reading | ((options: Options) => Reading);
  readonly start: (options: Options) => MetricState<R>;
}

/** @param name The member's name in the table. */
export function defineMetric<Options extends object, R extends MetricResult = number>(
  name: string,
  definition: MetricDefinition<Options, R>,
): MetricFactory<Partial<Options>, R> {
  type Given = Partial<Options> & NamedOptions;
  const make = (given: Given): ConfiguredMetric<R> => configure(name, definition, given);
  const metric = (
    first: Given | ArrayInput = {} as Given,
    yPred?: ArrayInput,
    given: Partial<Options> & WeightedOptions = {} as Partial<Options>,
  ) => {
    if (yPred === undefined && !isArrayInput(first)) return make(first);
    const { sampleWeight, ...options } = given;
    return make(options as Given)(first as ArrayInput, yPred as ArrayInput, { sampleWeight: sampleWeight ?? null });
  };
  return Object.assign(metric as MetricFactory<Partial<Options>, R>, { className: definition.className });
}

function configure<Options extends object, R extends MetricResult>(
  tableName: string,
  { className, defaults, check, reading, start }: MetricDefinition<Options, R>,
  given: Partial<Options> & NamedOptions,
): ConfiguredMetric<R> {
  checkOptions(given, [...Object.keys(defaults), "name"], tableName);
  const { name: givenName, ...own } = given;
  const name: unknown = givenName ?? tableName;
  if (typeof name !== "string") throw new TypeError(`${tableName}: name: expected a text, got ${describe(name)}`);
  const present = Object.entries(own).filter(([, value]) => value !== undefined);
  const options: Options = { ...defaults, ...Object.fromEntries(present) };
  check?.(options, tableName);
  const read = typeof reading === "function" ? reading(options) : reading;
  const run = (): RunningMetric<R> => runningMetric(() => start(options), read, name);
  const call = (yTrue: ArrayInput, yPred: ArrayInput, weighted?: WeightedOptions): R => {
    const running = run();
    running.updateState(yTrue, yPred, weighted);
    return running.result();
  };
  const config = Object.fromEntries(Object.entries(options).map(([key, value]) => [toSnakeCase(key), value]));
  // A function's own name can't be assigned
  Object.defineProperty(call, "name", { value: name });
  return Object.assign(call, { className, config, start: run });
}

function runningMetric<R extends MetricResult>(
  start: () => MetricState<R>,
  reading: Reading,
  name: string,
): RunningMetric<R> {
  let state = start();
  return {
    update: (batch) => state.update(batch),
    result: () => state.result(),
    save: () => state.save?.() ?? [],
    restore(numbers) {
      state.restore?.(numbers);
    },
    resetState() {
      state = start();
    },
    updateState(yTrue, yPred, options = {}) {
      checkOptions(options, ["sampleWeight"], name);
      updateFromArrays(state, reading, yTrue, yPred, options.sampleWeight);
    },
  };
}
