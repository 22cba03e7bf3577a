/** How many samples each class has, on the screen. */
import { formatCount, formatTable } from "./tables.js";
import type { Style } from "./terminal.js";

/** With more classes than MOST_ROWS, tables show SHOWN_ROWS of them. */
export const MOST_ROWS = 40;
export const SHOWN_ROWS = 20;

export interface ClassCounts {
  readonly label: number;
  /** In the columns' order. */
  readonly counts: readonly number[];
}

/** A row for each class and one for all. Where that is too much, those with the smallest counts in the last column. */
export function renderClassCounts(columns: readonly string[], classes: readonly ClassCounts[], style: Style): string[] {
  const last = columns.length - 1;
  const few = classes.length > MOST_ROWS;
  const shown = few
    ? [...classes].sort((a, b) => (a.counts[last] ?? 0) - (b.counts[last] ?? 0)).slice(0, SHOWN_ROWS)
    : classes;
  const totals = columns.map((_, column) => sum(classes.map(({ counts }) => counts[column] ?? 0)));
  const rows = [...shown.map(({ label, counts }) => [`${label}`, counts] as const), ["all", totals] as const];
  return [
    ...(few ? [`The ${SHOWN_ROWS} smallest classes:`] : []),
    ...formatTable(
      ["class", ...columns],
      rows.map(([label, counts]) => [label, ...counts.map(formatCount)]),
      { style, footer: 1 },
    ),
  ];
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
