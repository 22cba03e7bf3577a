/** Series over an axis, with intervals or with the spread over runs, labelled at their ends. */
import {
  type Axis,
  axes,
  colourOf,
  drawing,
  type Frame,
  frame,
  HEIGHT,
  label,
  marker,
  path,
  WIDTH,
  whisker,
} from "./chart.js";
import { extent, linearScale, linearTicks, logScale, spread } from "./scale.js";

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  /** The number of its colour and mark. Default: its place. */
  readonly style?: number;
  readonly dashed?: boolean;
}

export interface LineChart {
  readonly title: string;
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
  /** Default: numbers on a line. `log`: powers of two, each one marked. */
  readonly xKind?: "linear" | "log";
  /** A shaded band instead of whiskers, and no marks: for many points. */
  readonly bands?: boolean;
  /** From 0 up. */
  readonly fromZero?: boolean;
  /** The range of the y axis. Default: that of the values. */
  readonly yDomain?: readonly [number, number];
  /** A line down at some x, with a text. */
  readonly note?: { readonly x: number; readonly text: string } | undefined;
  readonly formatY?: (value: number) => string;
}

const LETTER = 6.2;

export function lineChart(chart: LineChart): string {
  const { series, title, description, bands = false, note, formatY = String } = chart;
  const longest = Math.max(...series.map(({ name }) => name.length));
  const box = frame({ right: Math.min(110, 14 + longest * LETTER) });
  const x = xAxis(chart, box);
  const values = series.flatMap(({ points }) => points.flatMap(({ y, low = y, high = y }) => [y, low, high]));
  const [least, most] = chart.yDomain ?? extent(values);
  const domain = [chart.fromZero ? 0 : least, most] as const;
  const scale = linearScale(domain, [box.bottom, box.top]);
  const y: Axis = {
    label: chart.yLabel,
    scale,
    ticks: linearTicks(domain).map((value) => ({ value, text: formatY(value) })),
  };

  const place = ({ x: a, y: b }: Point) => [x.scale(a), scale(b)] as const;
  const styleOf = (one: Series, index: number) => one.style ?? index;
  const shades = series.map((one, index) => (bands ? band(one, styleOf(one, index), x, y) : ""));
  const strokes = series.map((one, index) =>
    path(one.points.map(place), {
      class: `line ${colourOf(styleOf(one, index))}`,
      ...(one.dashed && { "stroke-dasharray": "5 3" }),
    }),
  );
  // Intervals side by side, that would else hide each other
  const shift = (index: number) => (index - (series.length - 1) / 2) * 4;
  const marks = bands
    ? []
    : series.flatMap((one, index) =>
        one.points.map((point) => {
          const [px, py] = place(point);
          const { low, high } = point;
          const line =
            low === undefined || high === undefined
              ? ""
              : whisker(styleOf(one, index), px + shift(index), scale(low), scale(high));
          return line + marker(styleOf(one, index), px + shift(index), py);
        }),
      );
  return drawing(
    title,
    description,
    HEIGHT,
    axes(box, x, y),
    ...shades,
    note ? noteLine(note, x, box) : "",
    ...strokes,
    ...marks,
    ...endLabels(chart, box, scale),
  );
}

function xAxis({ xLabel, xKind = "linear", series }: LineChart, box: Frame): Axis {
  const values = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const [least = 0, most = 1] = [values[0], values.at(-1)];
  const inset = xKind === "log" || values.length < 8 ? 14 : 0;
  const range = [box.left + inset, box.right - inset] as const;
  const domain = [least, most > least ? most : least + 1] as const;
  const few = values.length < 8;
  const ticks = few ? values : linearTicks(domain).filter(Number.isInteger);
  const scale = xKind === "log" && least > 0 ? logScale(domain, range) : linearScale(domain, range);
  return { label: xLabel, scale, ticks: ticks.map((value) => ({ value, text: `${value}` })) };
}

function band({ points }: Series, style: number, x: Axis, y: Axis): string {
  const edge = (pick: (point: Point) => number) =>
    points.map((point) => [x.scale(point.x), y.scale(pick(point))] as const);
  const outline = [...edge(({ y: mean, high = mean }) => high), ...edge(({ y: mean, low = mean }) => low).reverse()];
  return path(outline, { class: `band ${colourOf(style)}` });
}

function noteLine(
  { x, text }: { readonly x: number; readonly text: string },
  axis: Axis,
  { top, bottom, left, right }: Frame,
): string {
  const place = axis.scale(x);
  const toRight = place < (left + right) / 2;
  return [
    path(
      [
        [place, top],
        [place, bottom],
      ],
      { class: "note" },
    ),
    label(text, place + (toRight ? 5 : -5), top + 9, toRight ? "start" : "end", "small"),
  ].join("");
}

/** Names beside the last points, apart from each other. */
function endLabels({ series }: LineChart, box: Frame, scale: (value: number) => number): string[] {
  const wanted = series.map(({ points }) => scale(points.at(-1)?.y ?? 0) + 3.5);
  const places = spread(wanted, 13, [box.top + 6, box.bottom]);
  return series.map(({ name, style }, index) =>
    label(name, Math.min(box.right + 8, WIDTH - 4), places[index] ?? 0, "start", `end ${colourOf(style ?? index)}`),
  );
}
