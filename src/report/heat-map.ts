/** A table whose cells are the darker the more there is in them; the numbers stand in them, too. */
import { drawing, label, WIDTH } from "./chart.js";
import { element } from "./xml.js";

export interface HeatCell {
  readonly value: number;
  readonly text: string;
}

export interface HeatMap {
  readonly title: string;
  readonly description: string;
  readonly rowLabel: string;
  readonly columnLabel: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** By row and column; undefined where there is nothing. */
  readonly cells: readonly (readonly (HeatCell | undefined)[])[];
  /** What is white, and what is as dark as can be. */
  readonly domain: readonly [number, number];
  /** Drawn with a frame: the best. */
  readonly marked?: readonly [row: number, column: number];
  /** The height of a row. */
  readonly cellHeight?: number;
}

const LEFT = 48;
const TOP = 36;
const BOTTOM = 8;
const FAINTEST = 0.05;
/** From here on letters are light. */
const DARK = 0.68;
/** Columns that are narrower have no room for a number of three digits. */
const NARROWEST = 17;

export function heatMap(map: HeatMap): string {
  const { title, description, rows, columns, domain, marked } = map;
  const cellWidth = (WIDTH - LEFT - 6) / columns.length;
  const cellHeight = map.cellHeight ?? 34;
  const height = TOP + rows.length * cellHeight + BOTTOM;
  const cells = map.cells.flatMap((line, row) =>
    line.map((cell, column) => {
      const [x, y] = [LEFT + column * cellWidth, TOP + row * cellHeight];
      if (cell === undefined) return "";
      const share = Math.min(1, Math.max(0, (cell.value - domain[0]) / (domain[1] - domain[0] || 1)));
      const isBest = marked?.[0] === row && marked[1] === column;
      const opacity = FAINTEST + (1 - FAINTEST) * share;
      const text = cellWidth < NARROWEST ? "" : cell.text;
      return [
        element("rect", {
          class: isBest ? "cell best" : "cell",
          x: x + 1,
          y: y + 1,
          width: cellWidth - 2,
          height: cellHeight - 2,
          rx: 2,
          "fill-opacity": opacity,
        }),
        label(text, x + cellWidth / 2, y + cellHeight / 2 + 3.5, "middle", opacity > DARK ? "on" : "off"),
      ].join("");
    }),
  );
  const every = Math.ceil(columns.length / 24);
  return drawing(
    title,
    description,
    height,
    label(map.rowLabel, 4, 12, "start", "name"),
    label(map.columnLabel, LEFT + (WIDTH - LEFT) / 2, 12, "middle", "name"),
    ...columns.map((text, index) =>
      index % every === 0 ? label(text, LEFT + (index + 0.5) * cellWidth, TOP - 8, "middle") : "",
    ),
    ...rows.map((text, index) => label(text, LEFT - 8, TOP + (index + 0.5) * cellHeight + 3.5, "end")),
    ...cells,
  );
}
