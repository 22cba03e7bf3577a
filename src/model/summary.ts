/** The table that `summary` prints, in the manner of Keras. */
import { sizeOf } from "../arrays.js";
import type { LayerInModel } from "../network/connect.js";

const HEADINGS = ["Layer (type)", "Output Shape", "Param #"] as const;
/** Wide enough for short names, so that small models line up with each other. */
const LEAST_WIDTHS = [24, 16, 11] as const;
/** Of the whole table. */
const WIDTH = 80;
/** Of the four edges, with a space on each side of a cell. */
const EDGES = 10;

/**
 * Layers, output shapes and numbers of parameters as a table, with totals of those that learn and those that do not. As in
 * Keras, a layer that has no room beside its type has it on a second line.
 */
export function summarize(name: string, layers: readonly LayerInModel[]): string {
  let [total, trainable] = [0, 0];
  const countOf = ({ layer, inputShape, inner }: LayerInModel): number => {
    if (inner) return inner.reduce((sum, entry) => sum + countOf(entry), 0);
    let count = 0;
    for (const spec of layer.weights(inputShape)) {
      const size = sizeOf(spec.shape);
      count += size;
      if (layer.trainable !== false && spec.trainable !== false) trainable += size;
    }
    total += count;
    return count;
  };
  const counts = layers.map(countOf);
  const rows = layers.map(({ layer, name: layerName, outputShape }, index) => [
    `${layerName} (${layer.className})`,
    `(None, ${outputShape.join(", ")})`,
    (counts[index] ?? 0).toLocaleString("en-US"),
  ]);
  const widths = LEAST_WIDTHS.map((least, column) =>
    Math.max(least, ...rows.map((row) => (row[column] ?? "").length), (HEADINGS[column] ?? "").length),
  );
  const [, shapes = 0, counted = 0] = widths;
  const room = Math.max(LEAST_WIDTHS[0], WIDTH - EDGES - shapes - counted);
  widths[0] = Math.min(widths[0] ?? 0, room);
  const cut = (text: string): string => (text.length > room ? `${text.slice(0, room - 1)}…` : text);
  const line = (cells: readonly string[], edge: string): string =>
    `${edge} ${cells
      .map((cell, column) => (column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join(` ${edge} `)} ${edge}`;
  const broken = ([layer = "", ...others]: readonly string[]): string[][] => {
    if (layer.length <= room) return [[layer, ...others]];
    const [name = "", type = ""] = layer.split(/ (?=\()/);
    return [
      [cut(name), ...others],
      [cut(type), "", ""],
    ];
  };
  const rule = (left: string, dash: string, middle: string, right: string): string =>
    left + widths.map((width) => dash.repeat(width + 2)).join(middle) + right;
  return [
    `Model: "${name}"`,
    rule("┏", "━", "┳", "┓"),
    line(HEADINGS, "┃"),
    rule("┡", "━", "╇", "┩"),
    rows
      .map((row) =>
        broken(row)
          .map((cells) => line(cells, "│"))
          .join("\n"),
      )
      .join(`\n${rule("├", "─", "┼", "┤")}\n`),
    rule("└", "─", "┴", "┘"),
    ` Total params: ${parameters(total)}`,
    ` Trainable params: ${parameters(trainable)}`,
    ` Non-trainable params: ${parameters(total - trainable)}`,
  ].join("\n");
}

function parameters(count: number): string {
  return `${count.toLocaleString("en-US")} (${formatBytes(count * 4)})`;
}

/** 512 B, 1.50 KB, 2.00 MB. */
export function formatBytes(count: number): string {
  if (count < 1024) return `${count} B`;
  return count < 1024 ** 2 ? `${(count / 1024).toFixed(2)} KB` : `${(count / 1024 ** 2).toFixed(2)} MB`;
}
