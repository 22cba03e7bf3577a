/**
 * What names stand for. `lanewise` knows every member by its name; `lanewise/lean` knows none until it is told, so that a
 * bundler can leave out what a page does not use.
 */
import { describe } from "./arrays.js";
import { findMember, lookUp } from "./lookup.js";

/** The members of each family by their names, as `lanewise` exports them. */
export interface Members {
  readonly activations?: Table;
  readonly callbacks?: Table;
  readonly constraints?: Table;
  readonly initializers?: Table;
  readonly layers?: Table;
  readonly losses?: Table;
  readonly metrics?: Table;
  readonly optimizers?: Table;
  readonly regularizers?: Table;
  readonly schedules?: Table;
}

type Table = Readonly<Record<string, unknown>>;
export type Family = keyof Members;

const KINDS: Readonly<Record<Family, string>> = {
  activations: "activation",
  callbacks: "callback",
  constraints: "constraint",
  initializers: "initializer",
  layers: "layer",
  losses: "loss",
  metrics: "metric",
  optimizers: "optimizer",
  regularizers: "regularizer",
  schedules: "schedule",
};

/** What one member of a family is called. */
export function kindOf(family: Family): string {
  return KINDS[family];
}

const registered: Partial<Record<Family, Table>> = {};

/**
 * Makes members known by their names, for strings in options and for models that are loaded:
 * `register({ layers: { dense: layers.dense }, activations: { relu: activations.relu } })`. `lanewise` has done so for all.
 */
export function register(members: Members): void {
  for (const [family, table] of Object.entries(members) as [Family, Table][]) {
    registered[family] = registered[family] ? { ...registered[family], ...table } : table;
  }
}

/** All members of a family that are known by name. */
function membersOf<T>(family: Family): Readonly<Record<string, T>> {
  return (registered[family] ?? {}) as Readonly<Record<string, T>>;
}

/** The same by the alphabet, for error messages: bundlers differ in the order of what a module exports. */
function sortedMembersOf<T>(family: Family): Readonly<Record<string, T>> {
  const members = membersOf<T>(family);
  const names = Object.keys(members).sort();
  return Object.fromEntries(names.map((name) => [name, members[name] as T]));
}

/** The names of a family, for an error message. */
export function describeNames(family: Family, show: (name: string) => string = (name) => name): string {
  const names = Object.keys(sortedMembersOf(family)).map(show);
  if (names.length > 0) return `known are: ${names.join(", ")}`;
  return `lanewise/lean knows none until it is told: register({ ${family}: … })`;
}

/** The member of that name, or undefined. */
export function findRegistered<T>(family: Family, name: string): T | undefined {
  return findMember(membersOf<T>(family), name);
}

/**
 * The member of that name.
 *
 * @throws RangeError when it is not known, with the nearest name that is; where none is, with what to do instead.
 */
export function lookUpRegistered<T>(family: Family, name: string): T {
  if (registered[family] === undefined) {
    throw new RangeError(
      `${KINDS[family]} ${describe(name)}: lanewise/lean knows no names; pass the member of \`${family}\` itself, or call register({ ${family}: … }) first`,
    );
  }
  return findRegistered<T>(family, name) ?? lookUp(sortedMembersOf<T>(family), name, KINDS[family]);
}
