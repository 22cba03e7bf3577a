/** The confusion matrix on the screen. */
import { formatCount, formatTable, tableWidth } from "./tables.js";
import type { Style } from "./terminal.js";

/** How many confusions are listed where the matrix has no room. */
const LISTED = 10;

/** The matrix, or, where it would be wider than the screen, a list of the most frequent confusions. */
export function renderConfusion(
  confusion: readonly (readonly number[])[],
  classes: readonly number[],
  columns: number,
  style: Style,
): string[] {
  const headings = ["", ...classes.map(String)];
  const rows = confusion.map((counts, row) => [`${classes[row]}`, ...counts.map((count) => `${count || "·"}`)]);
  if (tableWidth(headings, rows) > columns) return listConfusions(confusion, classes, style);
  const paint = (row: number, column: number) => {
    if (column === 0) return style.dim;
    if (row === column - 1) return style.green;
    return confusion[row]?.[column - 1] === 0 ? style.dim : undefined;
  };
  return [
    `${style.bold("Confusion matrix")}, true classes down, predicted classes across`,
    ...formatTable(headings, rows, { style, paint }),
  ];
}

function listConfusions(confusion: readonly (readonly number[])[], classes: readonly number[], style: Style): string[] {
  const confusions = confusion
    .flatMap((counts, row) => counts.map((count, column) => ({ row, column, count })))
    .filter(({ row, column, count }) => row !== column && count > 0)
    .sort((a, b) => b.count - a.count);
  if (confusions.length === 0) return [`${style.bold("Confusions")}: none`];
  const rows = confusions
    .slice(0, LISTED)
    .map(({ row, column, count }) => [`${classes[row]}`, `${classes[column]}`, formatCount(count)]);
  return [
    `${style.bold("Most frequent confusions")}, ${rows.length} of ${formatCount(confusions.length)} kinds`,
    ...formatTable(["true", "predicted", "samples"], rows, { style }),
  ];
}
