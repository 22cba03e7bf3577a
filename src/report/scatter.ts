/** Accuracy against cost: a point for each configuration, and the front of those that nothing beats in both. */
import { type Axis, axes, drawing, type Frame, frame, HEIGHT, label, marker, path } from "./chart.js";
import { extent, linearScale, linearTicks, logExtent, logScale, logTicks, shortNumber } from "./scale.js";

export interface Dot {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** The number of its colour and mark. */
  readonly style: number;
}

export interface ScatterChart {
  readonly title: string;
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly dots: readonly Dot[];
  /** What the colours and marks stand for. */
  readonly legend: readonly { readonly name: string; readonly style: number }[];
}

const LETTER = 5.4;
const LINE = 12;
/** Between lines of the legend. */
const KEY_LINE = 16;

/** x on a log scale: cost in units that are above 0. */
export function scatterChart({ title, description, xLabel, yLabel, dots, legend }: ScatterChart): string {
  const box = frame();
  const xDomain = logExtent(dots.map(({ x }) => x));
  const yDomain = extent(
    dots.map(({ y }) => y),
    0.12,
  );
  const x: Axis = {
    label: xLabel,
    scale: logScale(xDomain, [box.left + 6, box.right - 6]),
    ticks: logTicks(xDomain).map((value) => ({ value, text: shortNumber(value) })),
  };
  const y: Axis = {
    label: yLabel,
    scale: linearScale(yDomain, [box.bottom, box.top]),
    ticks: linearTicks(yDomain).map((value) => ({ value, text: `${value}` })),
  };
  const front = paretoFront(dots);
  const steps = front.flatMap((dot, index) => {
    const before = front[index - 1];
    const here = [x.scale(dot.x), y.scale(dot.y)] as const;
    return before ? [[here[0], y.scale(before.y)] as const, here] : [here];
  });
  const names = nameFront(
    front.map((dot) => ({ name: dot.name, x: x.scale(dot.x), y: y.scale(dot.y) })),
    box,
  );
  const keys = legend.length > 1 ? layOutKeys(legend, box) : [];
  const below = Math.max(0, ...keys.map(({ line }) => line + 1)) * KEY_LINE;
  return drawing(
    title,
    description,
    HEIGHT + below,
    axes(box, x, y),
    path(steps, { class: "front" }),
    ...dots.map((dot) =>
      marker(
        dot.style,
        x.scale(dot.x),
        y.scale(dot.y),
        front.includes(dot) ? 4.5 : 3,
        `${dot.name}: ${dot.y.toFixed(2)}`,
      ),
    ),
    ...names,
    ...keys.flatMap(({ name, style, x: place, line }) => {
      const middle = HEIGHT + line * KEY_LINE + 6;
      return [marker(style, place, middle), label(name, place + 7, middle + 3.5, "start", "small")];
    }),
  );
}

type Key = ScatterChart["legend"][number];

/** The legend below the axis, in as many lines as it takes. Letters of wide fonts have room. */
function layOutKeys(legend: readonly Key[], { left, right }: Frame) {
  let [end, line] = [left, 0];
  return legend.map((key) => {
    const width = 24 + key.name.length * 1.2 * LETTER;
    if (end > left && end + width > right) [end, line] = [left, line + 1];
    const x = end + 4;
    end += width;
    return { ...key, x, line };
  });
}

interface Place {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/**
 * Names above the front, to the left of their marks, where nothing else is; the best ones first. Those that there is no room
 * for are left out: they are in the figure's numbers.
 */
function nameFront(front: readonly Place[], { left, top }: Frame): string[] {
  const taken: { readonly from: number; readonly to: number; readonly y: number }[] = [];
  return [...front].reverse().flatMap(({ name, x, y }, index) => {
    // The best one's name is above its mark: nothing is
    const to = index === 0 ? x + 4 : x - 8;
    const from = to - name.length * LETTER;
    const line = y - (index === 0 ? 9 : 4);
    const isFree = taken.every((other) => to < other.from || from > other.to || Math.abs(line - other.y) >= LINE);
    const hitsMark =
      index > 0 && front.some((other) => other.x > from - 4 && other.x < to && Math.abs(other.y - line + 4) < LINE);
    if (from < left || line < top + 4 || !isFree || hitsMark) return [];
    taken.push({ from, to, y: line });
    return [label(name, to, line, "end", "small halo")];
  });
}

/** Those that no other is both cheaper than and better than, the cheapest first. */
export function paretoFront<D extends { readonly x: number; readonly y: number }>(dots: readonly D[]): D[] {
  const front: D[] = [];
  for (const dot of [...dots].sort((a, b) => a.x - b.x || b.y - a.y)) {
    const last = front.at(-1);
    if (!last || dot.y > last.y) front.push(dot);
  }
  return front;
}
