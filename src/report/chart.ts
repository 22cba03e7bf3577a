/** What drawings with two axes share: the frame, the axes with units, and marks that differ in more than colour. */
import type { Scale, Tick } from "./scale.js";
import { element, escapeText } from "./xml.js";

/** Narrow enough for a telephone; wider screens show several side by side. In pixels, as all that follows. */
export const WIDTH = 360;
export const HEIGHT = 250;

export interface Axis {
  readonly label: string;
  readonly scale: Scale;
  readonly ticks: readonly Tick[];
}

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Room for the axes; `right` leaves some for labels of lines. */
export function frame({ right = 12, height = HEIGHT }: { right?: number; height?: number } = {}): Frame {
  return { left: 48, right: WIDTH - right, top: 24, bottom: height - 42 };
}

/** A drawing with a text alternative. */
export function drawing(title: string, description: string, height: number, ...content: readonly string[]): string {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: "img",
      "aria-label": `${title}. ${description}`,
    },
    element("title", {}, escapeText(title)),
    element("desc", {}, escapeText(description)),
    ...content,
  );
}

/** Grid, ticks and labels: the x axis below, the label of the y axis above it, to be read without turning one's head. */
export function axes({ left, right, top, bottom }: Frame, x: Axis, y: Axis): string {
  const rows = y.ticks.flatMap(({ value, text }) => {
    const place = y.scale(value);
    return [
      element("line", { class: "grid", x1: left, x2: right, y1: place, y2: place }),
      label(text, left - 6, place + 3.5, "end"),
    ];
  });
  const columns = x.ticks.flatMap(({ value, text }) => {
    const place = x.scale(value);
    return [
      element("line", { class: "tick", x1: place, x2: place, y1: bottom, y2: bottom + 4 }),
      label(text, place, bottom + 16, "middle"),
    ];
  });
  return [
    ...rows,
    element("line", { class: "axis", x1: left, x2: right, y1: bottom, y2: bottom }),
    ...columns,
    label(x.label, (left + right) / 2, bottom + 34, "middle", "name"),
    label(y.label, 4, top - 11, "start", "name"),
  ].join("");
}

export function label(text: string, x: number, y: number, anchor: "start" | "middle" | "end", kind?: string): string {
  return element("text", { class: kind, x, y, "text-anchor": anchor }, escapeText(text));
}

/** A line through points. */
export function path(
  points: readonly (readonly [number, number])[],
  attributes: Readonly<Record<string, string>>,
): string {
  if (points.length === 0) return "";
  const text = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  return element("path", { ...attributes, d: text });
}

/** The class of a series' colour, of which there are seven. */
export function colourOf(series: number): string {
  return `s${series % 7}`;
}

/** Circle, square, triangle, diamond: told apart without colours. */
export function marker(series: number, x: number, y: number, size = 3.5, title?: string): string {
  const kind = `mark ${colourOf(series)}`;
  const about = title === undefined ? [] : [element("title", {}, escapeText(title))];
  const shape = series % 4;
  if (shape === 0) return element("circle", { class: kind, cx: x, cy: y, r: size }, ...about);
  const corners =
    shape === 1
      ? [
          [-0.9, -0.9],
          [0.9, -0.9],
          [0.9, 0.9],
          [-0.9, 0.9],
        ]
      : shape === 2
        ? [
            [0, -1.2],
            [1.1, 0.8],
            [-1.1, 0.8],
          ]
        : [
            [0, -1.3],
            [1.3, 0],
            [0, 1.3],
            [-1.3, 0],
          ];
  const points = corners
    .map(([dx = 0, dy = 0]) => `${(x + dx * size).toFixed(1)},${(y + dy * size).toFixed(1)}`)
    .join(" ");
  return element("polygon", { class: kind, points }, ...about);
}

/** A line with ends, for an interval. */
export function whisker(series: number, x: number, from: number, to: number): string {
  const kind = `whisker ${colourOf(series)}`;
  return [
    element("line", { class: kind, x1: x, x2: x, y1: from, y2: to }),
    element("line", { class: kind, x1: x - 3, x2: x + 3, y1: from, y2: from }),
    element("line", { class: kind, x1: x - 3, x2: x + 3, y1: to, y2: to }),
  ].join("");
}
