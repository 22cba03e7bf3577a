/** The space of a study: for each setting the values to try, checked. */
import { describe } from "../arrays.js";
import { checkInteger, checkNumber } from "../checks.js";
import { lookUp, unknownName } from "../lookup.js";
import { AUGMENTATIONS, NORMALIZATIONS, SCHEDULES } from "./configuration.js";
import { hiddenActivations, initializerNames, optimizerNames } from "./defaults.js";

/** Numbers to draw from, ends included; on a log scale each factor is as likely as any other. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly scale: "linear" | "log";
}

type Values = readonly unknown[] | Range;

/** What a study tries. Everything in it is plain data. */
export interface Space {
  /** How long each run is at most. */
  readonly epochs: number;
  /** A run ends when so many epochs have brought no lower validation loss; then its best weights count. null: never. */
  readonly patience: number | null;
  /** In the order of `axes`; those that were not given are not there, and have one value: the default. */
  readonly axes: Readonly<Partial<Record<AxisName, Values>>>;
}

/** A setting: what its values are, and whether they may be drawn from a range. */
interface Axis {
  readonly check: (value: unknown, where: string) => unknown;
  readonly range?: "integers" | "numbers";
}

const axes = {
  activation: choice("activation", hiddenActivations),
  layers: { check: checkWidths },
  depth: integers(0),
  width: integers(1),
  initializer: choice("initializer", initializerNames),
  normalization: choice("normalization", NORMALIZATIONS),
  dropout: numbers("a number in [0, 1)", (value) => value >= 0 && value < 1),
  augmentation: choice("augmentation", AUGMENTATIONS),
  optimizer: choice("optimizer", optimizerNames),
  learningRate: numbers("a number above 0", (value) => value > 0),
  schedule: choice("schedule", SCHEDULES),
  weightDecay: numbers("a number of at least 0", (value) => value >= 0),
  labelSmoothing: numbers("a number in [0, 1)", (value) => value >= 0 && value < 1),
  averaging: numbers("a number in [0, 1)", (value) => value >= 0 && value < 1),
  batchSize: integers(1),
} as const satisfies Readonly<Record<string, Axis>>;

export type AxisName = keyof typeof axes;
export const axisNames = Object.keys(axes) as readonly AxisName[];

const DEFAULT_EPOCHS = 20;

/** Each activation with the initializer that suits it. */
export const defaultSpace: Space = {
  epochs: DEFAULT_EPOCHS,
  patience: null,
  axes: { activation: ["relu", "selu", "tanh"], depth: [1, 2, 3, 4], width: [32, 64, 128, 256, 512] },
};

/**
 * Reads what a space file holds: `epochs`, `patience`, and for each setting a value, a list of values, or a range
 * `{ min, max, scale }`.
 *
 * @param where The file, for error messages.
 * @throws TypeError, RangeError that says where, what was expected and what came.
 */
export function readSpace(given: unknown, where: string): Space {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new TypeError(`${where}: expected an object such as { "activation": ["relu"] }, got ${describe(given)}`);
  }
  const { epochs = DEFAULT_EPOCHS, patience = null, ...settings } = given as Record<string, unknown>;
  checkInteger(epochs, `${where}: epochs`, 1);
  if (patience !== null) checkInteger(patience, `${where}: patience`, 1);
  for (const name of Object.keys(settings)) {
    if (Object.hasOwn(axes, name)) continue;
    throw new RangeError(
      `${where}: ${unknownName("setting", name, axisNames)} Known are: epochs, patience, ${axisNames.join(", ")}`,
    );
  }
  if ("layers" in settings && ("depth" in settings || "width" in settings)) {
    throw new RangeError(`${where}: expected layers, or depth and width, got both`);
  }
  const read = axisNames
    .filter((name) => settings[name] !== undefined)
    .map((name) => [name, readAxis(axes[name], settings[name], `${where}: ${name}`)] as const);
  return { epochs, patience: patience as number | null, axes: Object.fromEntries(read) };
}

export function isRange(values: Values): values is Range {
  return !Array.isArray(values);
}

/** Whether numbers drawn for a setting are whole. */
export function isWhole(name: AxisName): boolean {
  return (axes[name] as Axis).range === "integers";
}

function readAxis(axis: Axis, given: unknown, where: string): Values {
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return readRange(axis, given, where);
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === 0) throw new RangeError(`${where}: expected at least one value, got none`);
  const values = list.map((value, index) => axis.check(value, Array.isArray(given) ? `${where}[${index}]` : where));
  const texts = values.map((value) => JSON.stringify(value));
  const twice = texts.find((text, index) => texts.indexOf(text) !== index);
  if (twice !== undefined) throw new RangeError(`${where}: expected every value once, got ${twice} twice`);
  return values;
}

function readRange(axis: Axis, given: object, where: string): Range {
  if (!axis.range) throw new TypeError(`${where}: expected a value or a list of values, got a range`);
  for (const name of Object.keys(given)) {
    if (!["min", "max", "scale"].includes(name)) {
      throw new TypeError(`${where}: ${unknownName("name", name, ["min", "max", "scale"])}`);
    }
  }
  const { min, max, scale = "linear" } = given as Record<string, unknown>;
  const [low, high] = [axis.check(min, `${where}.min`), axis.check(max, `${where}.max`)] as [number, number];
  if (low >= high) throw new RangeError(`${where}: expected min below max, got ${low} and ${high}`);
  if (scale !== "linear" && scale !== "log") {
    throw new RangeError(`${where}.scale: expected "linear" or "log", got ${describe(scale)}`);
  }
  if (scale === "log" && low <= 0) throw new RangeError(`${where}.min: expected a number above 0, got ${low}`);
  return { min: low, max: high, scale };
}

/** The name as it stands in the list; Keras's spelling works, too. */
function choice(what: string, names: readonly string[]): Axis {
  const table = Object.fromEntries(names.map((name) => [name, name]));
  return {
    check(value, where) {
      if (typeof value !== "string") throw new TypeError(`${where}: expected a name, got ${describe(value)}`);
      try {
        return lookUp(table, value, what);
      } catch (error) {
        throw new RangeError(`${where}: ${(error as Error).message}`);
      }
    },
  };
}

function integers(least: number): Axis {
  return {
    check(value, where) {
      checkInteger(value, where, least);
      return value;
    },
    range: "integers",
  };
}

function numbers(expected: string, holds: (value: number) => boolean): Axis {
  return {
    check(value, where) {
      checkNumber(value, where, expected, holds);
      return value;
    },
    range: "numbers",
  };
}

function checkWidths(value: unknown, where: string): unknown {
  if (!Array.isArray(value)) {
    throw new TypeError(`${where}: expected a list of widths such as [256, 128], got ${describe(value)}`);
  }
  value.forEach((width, index) => {
    checkInteger(width, `${where}[${index}]`, 1);
  });
  return value;
}
