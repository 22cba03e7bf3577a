/** Tables of aligned columns, and numbers as they stand in them. */
import { type Paint, plain, type Style } from "./terminal.js";

export interface TableOptions {
  readonly style?: Style;
  /** The number of rows at the end that stand apart. */
  readonly footer?: number;
  /** The paint of a cell, if any. */
  readonly paint?: (row: number, column: number) => Paint | undefined;
}

const INDENT = "  ";
const GAP = "  ";

/** The lines of a table, aligned to the right: headings, rows, and a rule before the footer. */
export function formatTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { style = plain, footer = 0, paint }: TableOptions = {},
): string[] {
  const widths = columnWidths(headings, rows);
  const align = (cell: string, column: number): string => cell.padStart(widths[column] ?? 0);
  const join = (cells: readonly string[]): string => INDENT + cells.join(GAP);
  const lines = rows.map((row, index) =>
    join(row.map((cell, column) => paint?.(index, column)?.(align(cell, column)) ?? align(cell, column))),
  );
  const rule = style.dim(join(widths.map((width) => "─".repeat(width))));
  if (footer > 0) lines.splice(rows.length - footer, 0, rule);
  return [style.dim(join(headings.map(align))), ...lines];
}

/** How wide the lines of such a table are. */
export function tableWidth(headings: readonly string[], rows: readonly (readonly string[])[]): number {
  const widths = columnWidths(headings, rows);
  return widths.reduce((sum, width) => sum + width, INDENT.length + GAP.length * (widths.length - 1));
}

function columnWidths(headings: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return headings.map((heading, column) =>
    rows.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), heading.length),
  );
}

/** 3900 as 3,900. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** Four decimals, and fewer of large numbers: never more than 7 characters for what is not negative. */
export function formatFigure(value: number): string {
  if (value < 99.99995) return value.toFixed(4);
  return value < 99999.95 ? value.toPrecision(6) : value.toExponential(1);
}

/** A value of an array, to five digits. */
export function formatValue(value: number): string {
  return `${Number(value.toPrecision(5))}`;
}

/** 0.52 s, 31.2 s, 2:05, 1h04. */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(seconds < 9.995 ? 2 : 1)} s`;
  return formatClock(seconds);
}

/** Whole seconds, 3 s, then 2:05, then 1h04: at most 5 characters up to 99 hours. */
export function formatClock(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${String(whole % 60).padStart(2, "0")}`;
  return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, "0")}`;
}

/** A bold title, a path, which is shortened if need be, and what is there. */
export function formatFile(title: string, path: string, what: string, style: Style): string {
  return `${style.bold(title)}  ${shorten(path, 80 - title.length - 4 - what.length)}  ${what}`;
}

/** The end of a text that is too long, behind an ellipsis. */
export function shorten(text: string, width: number): string {
  return text.length <= width ? text : `…${text.slice(text.length - width + 1)}`;
}
