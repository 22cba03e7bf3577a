/** Predictions as text: a line for each image, in a table or as CSV. */
import type { NDArray } from "../index.js";
import { formatFigure, formatTable, tableWidth } from "./tables.js";
import type { Style } from "./terminal.js";

export interface Predictions {
  /** [n, k]. */
  readonly probabilities: NDArray<Float32Array>;
  /** Their labels, k of them. */
  readonly classes: readonly number[];
  /** How many of the most probable classes to name, at most k. */
  readonly top: number;
  /** Whether the probabilities of all classes follow. */
  readonly all: boolean;
}

/** A heading, then a line for each image: `row,class,probability`. */
export function* csvLines(predictions: Predictions): Generator<string> {
  const { classes, top, all, probabilities } = predictions;
  const ranked = Array.from({ length: top }, (_, rank) => {
    const suffix = rank === 0 ? "" : `_${rank + 1}`;
    return `class${suffix},probability${suffix}`;
  });
  yield ["row", ...ranked, ...(all ? classes.map((label) => `p(${label})`) : [])].join(",");
  const [rows = 0] = probabilities.shape;
  for (let row = 0; row < rows; row++)
    yield [`${row}`, ...cellsOf(predictions, row, formatExactly, formatExactly)].join(",");
}

/** Those of all classes in percent. Undefined where the table would be wider than the screen. */
export function renderPredictions(predictions: Predictions, columns: number, style: Style): string[] | undefined {
  const { classes, top, all, probabilities } = predictions;
  const ranked = Array.from({ length: top }, (_, rank) => [rank === 0 ? "class" : `${rank + 1}.`, "probability"]);
  const [length = 0] = probabilities.shape;
  const rows = Array.from({ length }, (_, row) => [
    `${row}`,
    ...cellsOf(predictions, row, formatFigure, formatPercent),
  ]);
  const headings = ["row", ...ranked.flat(), ...(all ? classes.map(String) : [])];
  return tableWidth(headings, rows) > columns ? undefined : formatTable(headings, rows, { style });
}

type Format = (probability: number) => string;

function cellsOf(
  { probabilities: { data }, classes, top, all }: Predictions,
  row: number,
  formatRanked: Format,
  formatAll: Format,
): string[] {
  const scores = data.subarray(row * classes.length, (row + 1) * classes.length);
  const scoreOf = (index: number): number => scores[index] ?? 0;
  const ranked = Array.from(scores, (_, index) => index)
    .sort((a, b) => scoreOf(b) - scoreOf(a))
    .slice(0, top);
  return [
    ...ranked.flatMap((index) => [`${classes[index]}`, formatRanked(scoreOf(index))]),
    ...(all ? Array.from(scores, formatAll) : []),
  ];
}

function formatPercent(probability: number): string {
  return `${Math.round(probability * 100) || "·"}`;
}

/** Nine digits tell every float32 from its neighbours. */
function formatExactly(probability: number): string {
  return `${Number(probability.toPrecision(9))}`;
}
