/** Flags of a command: one table from which the parser, the checks, the error texts and the help are made. */
import { parseArgs } from "node:util";
import { describe } from "../arrays.js";
import { unknownName } from "../lookup.js";
import type { Kind } from "./kinds.js";

/** A flag with a value. */
export interface Flag<T> {
  /** What stands for the value in the help: FILE, N. */
  readonly placeholder: string;
  readonly about: string;
  readonly kind: Kind<T>;
  /** The default, as it would be typed. */
  readonly initial?: string;
  /** What a flag without a value stands for, as it would be typed. Default: nothing, and it is an error. */
  readonly bare?: string;
  readonly required?: true;
}

/** A flag that is there or not. */
export interface Switch {
  readonly about: string;
  readonly short?: string;
}

/** Flags by the names of their values: `batchSize` for --batch-size. */
export type Flags = Readonly<Record<string, Flag<unknown> | Switch>>;

/** A switch is true or false; a flag without a default may be undefined, unless it is required. */
export type FlagValues<F extends Flags> = {
  readonly [K in keyof F]: F[K] extends Flag<infer T>
    ? F[K] extends { readonly initial: string } | { readonly required: true }
      ? T
      : T | undefined
    : boolean;
};

/** A command line that makes no sense: the user is told, and the program ends with code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** What stands on a command line. */
export interface Arguments<F extends Flags> {
  readonly values: FlagValues<F>;
  /** What is no flag, in order. */
  readonly operands: readonly string[];
}

type FlagWithDefault<T> = Flag<T> & { readonly initial: string };
type RequiredFlag<T> = Flag<T> & { readonly required: true };

export function flag<T>(placeholder: string, kind: Kind<T>, initial: string, about: string): FlagWithDefault<T> {
  return { placeholder, kind, initial, about };
}

export function optionalFlag<T>(placeholder: string, kind: Kind<T>, about: string): Flag<T> {
  return { placeholder, kind, about };
}

export function requiredFlag<T>(placeholder: string, kind: Kind<T>, about: string): RequiredFlag<T> {
  return { placeholder, kind, about, required: true };
}

/** The flags' values, where there is nothing but flags. @throws UsageError that says what is wrong. */
export function parseFlags<F extends Flags>(flags: F, args: readonly string[]): FlagValues<F> {
  const { values, operands } = parseArguments(flags, args);
  const [operand] = operands;
  if (operand !== undefined) throw new UsageError(`expected flags such as --epochs 20, got ${described(operand)}`);
  return values;
}

/** The same, and models before or behind the flags. @throws UsageError that says what is wrong. */
export function parseModelsAndFlags<F extends Flags>(
  flags: F,
  args: readonly string[],
): FlagValues<F> & { readonly models: readonly [string, ...string[]] } {
  const { values, operands } = parseArguments(flags, args);
  const [model, ...others] = operands;
  if (model === undefined || operands.includes("")) {
    throw new UsageError("expected a MODEL: the directory of a saved model");
  }
  return { ...values, models: [model, ...others] };
}

/** Of a flag given twice the last one counts. @throws UsageError that says what is wrong. */
export function parseArguments<F extends Flags>(flags: F, args: readonly string[]): Arguments<F> {
  const names = new Map(Object.keys(flags).map((key) => [flagName(key), key]));
  const options = describeOptions(flags);
  const { tokens } = parseArgs({
    args: fillIn(flags, args),
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given: Record<string, string | true> = {};
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") {
      operands.push(token.value);
      continue;
    }
    const key = names.get(`--${token.name}`);
    if (key === undefined) throw unknownNameError("flag", asTyped(args, token.index), [...names.keys()]);
    const one = flags[key] as Flag<unknown> | Switch;
    const name = flagName(key);
    if (!takesValue(one)) {
      if (token.value !== undefined) throw new UsageError(`${name}: expected no value, got ${describe(token.value)}`);
      given[key] = true;
    } else if (token.value === undefined || (!token.inlineValue && token.value.startsWith("--"))) {
      throw new UsageError(`${name}: expected ${one.kind.expected}, got no value`);
    } else {
      given[key] = token.value;
    }
  }
  const values = Object.entries(flags).map(([key, one]) => [
    key,
    takesValue(one) ? readValue(flagName(key), one, given[key] as string | undefined) : given[key] === true,
  ]);
  return { values: Object.fromEntries(values) as FlagValues<F>, operands };
}

/** Flags that need no value, with the one that they then have. */
function fillIn(flags: Flags, args: readonly string[]): string[] {
  const bare = new Map(
    Object.entries(flags).flatMap(([key, one]) => ("bare" in one ? [[flagName(key), one.bare] as const] : [])),
  );
  return args.map((argument, index) => {
    const next = args[index + 1];
    const isAlone = next === undefined || next.startsWith("-");
    return isAlone && bare.has(argument) ? `${argument}=${bare.get(argument)}` : argument;
  });
}

/** `batchSize` as `--batch-size`. */
export function flagName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** An error for a name that is not known, with the nearest one that is, or the way to all of them. */
export function unknownNameError(kind: string, name: string, known: readonly string[]): UsageError {
  const sentence = unknownName(kind, name, known);
  return new UsageError(sentence.endsWith("?") ? sentence : `${sentence} See --help for those there are.`);
}

export function takesValue(one: Flag<unknown> | Switch): one is Flag<unknown> {
  return "kind" in one;
}

/** The flags as parseArgs wants them. */
function describeOptions(flags: Flags) {
  const options = Object.entries(flags).map(([key, one]) => {
    const type = takesValue(one) ? ("string" as const) : ("boolean" as const);
    const short = "short" in one && one.short !== undefined ? { short: one.short } : {};
    return [flagName(key).slice(2), { type, ...short }] as const;
  });
  return Object.fromEntries(options);
}

function readValue(name: string, one: Flag<unknown>, given: string | undefined): unknown {
  const { kind, initial, placeholder, required } = one;
  const text = given ?? initial;
  if (text === undefined && required) throw new UsageError(`expected ${name} ${placeholder}, got none`);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = kind.read(text);
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`);
  }
  if (value === undefined) throw new UsageError(`${name}: expected ${kind.expected}, got ${describe(text)}`);
  return value;
}

/** The argument as it was typed, without a value: parseArgs takes `-epochs` for seven short flags. */
function asTyped(args: readonly string[], index: number): string {
  return (args[index] ?? "").replace(/=.*/s, "");
}

/** npm takes flags for its own unless they stand behind a lone `--`, and hands on what is left of them. */
function described(argument: string): string {
  const hint = process.env.npm_command?.startsWith("run") ? "; npm hands on flags behind a lone -- only" : "";
  return describe(argument) + hint;
}
