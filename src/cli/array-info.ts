/** What there is to say about an array: its values, and what they look like they are. */
import { describeShape } from "../arrays.js";
import type { NDArray } from "../index.js";
import { formatBytes } from "../model/summary.js";
import { type ClassCounts, renderClassCounts } from "./class-counts.js";
import { isColumn } from "./data-files.js";
import { type Measures, measure } from "./measure.js";
import { drawImages } from "./pictures.js";
import { formatCount, formatFile, formatValue } from "./tables.js";
import type { Style } from "./terminal.js";

export function summarizeArray(array: NDArray): string {
  const { shape, dtype } = array;
  return `${describeShape(shape)} ${dtype}, ${describeValues(measure(array))}`;
}

/** Labels are counted, images drawn. */
export function renderArray(path: string, array: NDArray, columns: number, style: Style): string[] {
  const { data, shape, dtype } = array;
  const measures = measure(array);
  const lines = [
    formatFile("Array", path, `${describeShape(shape)} ${dtype}`, style),
    `       ${formatBytes(data.byteLength)}, ${describeValues(measures)}`,
  ];
  const classes = countLabels(array);
  if (classes) return [...lines, "", ...renderClassCounts(["samples"], classes, style)];
  const pictures = drawImages(array, measures, columns);
  return pictures ? [...lines, "", style.bold("First images"), ...pictures] : lines;
}

function describeValues({ least, largest, mean, nan, infinite }: Measures): string {
  const parts: string[] = [];
  if (least <= largest) parts.push(`${formatValue(least)} to ${formatValue(largest)}`, `mean ${formatValue(mean)}`);
  if (nan > 0) parts.push(`${formatCount(nan)} NaN`);
  if (infinite > 0) parts.push(`${formatCount(infinite)} infinite`);
  if (parts.length === 0) return "no values";
  return nan + infinite === 0 ? `${parts.join(", ")}, all finite` : parts.join(", ");
}

/** The classes, ascending, of a column of integers that repeat. */
function countLabels({ data, shape }: NDArray): ClassCounts[] | undefined {
  if (!isColumn(shape) || data.length < 2 || !data.every((value) => Number.isSafeInteger(value))) return undefined;
  const counts = new Map<number, number>();
  for (const label of data) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size > data.length / 2) return undefined;
  return [...counts].sort(([a], [b]) => a - b).map(([label, count]) => ({ label, counts: [count] }));
}
