/** What a single setting does, all others being equal. */
import { type Configuration, LABELS } from "../study/configuration.js";
import { resultsOf } from "../study/ranking.js";
import { meanOf, pairedTest, type Summary, summarize } from "../study/statistics.js";
import type { Row } from "../study/table.js";

/** All configurations that have one value of a setting. */
export interface Group {
  readonly value: string | number;
  readonly rows: readonly Row[];
  /** Mean validation accuracy over these configurations, run by run. */
  readonly means: readonly number[];
  readonly summary: Summary;
}

export interface Setting {
  readonly name: string;
  readonly valueOf: (configuration: Configuration) => string | number;
}

export const activation: Setting = { name: "activation", valueOf: (one) => one.activation };
export const depth: Setting = { name: "hidden layers", valueOf: ({ layers }) => layers.length };
export const width: Setting = { name: "units per layer", valueOf: ({ layers }) => layers[0] ?? 0 };

/** The other settings that differ; the initializer does where the activation does. */
export function otherSettings(varying: readonly (keyof Configuration)[]): Setting[] {
  const apart = ["activation", "layers", ...(varying.includes("activation") ? ["initializer"] : [])];
  return varying
    .filter((name) => !apart.includes(name))
    .map((name) => ({ name: LABELS[name], valueOf: (one) => one[name] as string | number }));
}

/** Numbers ascending, names in the order of the alphabet. Rows whose runs have not all ended well are left out. */
export function groupBy(rows: readonly Row[], setting: Setting): Group[] {
  const values = [...new Set(rows.map(({ configuration }) => setting.valueOf(configuration)))];
  values.sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : `${a}` < `${b}` ? -1 : 1));
  return values.flatMap((value) => {
    const own = rows.filter(
      ({ configuration, validation, diverged }) =>
        setting.valueOf(configuration) === value && validation && diverged === 0,
    );
    if (own.length === 0) return [];
    const runs = own.map(({ outcomes }) => resultsOf(outcomes).map(({ validation }) => validation.accuracy));
    const length = Math.min(...runs.map((run) => run.length));
    const means = Array.from({ length }, (_, run) => meanOf(runs.map((accuracies) => accuracies[run] ?? 0)));
    return [{ value, rows: own, means, summary: summarize(means) }];
  });
}

/** Whether each value stands with the same number of configurations, so that the groups differ in nothing else. */
export function isBalanced(groups: readonly Group[]): boolean {
  return groups.every(({ rows }) => rows.length === groups[0]?.rows.length);
}

/** How the best group compares with each other one, in words. */
export function compareGroups(groups: readonly Group[], overlap: number): string[] {
  const [best, ...others] = [...groups].sort((a, b) => b.summary.mean - a.summary.mean);
  if (!best) return [];
  return others.map((other) => {
    const test = pairedTest(best.means, other.means, overlap);
    const difference = `${best.value} is ${((best.summary.mean - other.summary.mean) * 100).toFixed(2)} points ahead of ${other.value}`;
    if (!test) return difference;
    const interval = test.interval.map((end) => (end * 100).toFixed(2).replace("-", "−")).join(" to ");
    return `${difference} (95 % interval ${interval}${test.interval[0] > 0 ? "" : ": it may be chance"})`;
  });
}
