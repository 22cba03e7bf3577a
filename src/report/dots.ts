/** Means with their intervals, one below the other. */
import { drawing, frame, label, marker, WIDTH } from "./chart.js";
import { extent, linearScale, linearTicks } from "./scale.js";
import { element } from "./xml.js";

export interface Estimate {
  readonly name: string;
  readonly mean: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** The number of its colour and mark. */
  readonly style: number;
}

const ROW = 30;
const LETTER = 6.4;

export function dotPlot(estimates: readonly Estimate[], title: string, description: string, xLabel: string): string {
  const box = { ...frame(), left: 14 + Math.min(120, LETTER * Math.max(...estimates.map(({ name }) => name.length))) };
  const height = estimates.length * ROW + 62;
  const bottom = height - 42;
  const domain = extent(
    estimates.flatMap(({ mean, low = mean, high = mean }) => [mean, low, high]),
    0.1,
  );
  const x = linearScale(domain, [box.left + 8, WIDTH - 52]);
  const ticks = linearTicks(domain, 4).map((value) =>
    [
      element("line", { class: "grid", x1: x(value), x2: x(value), y1: 12, y2: bottom }),
      label(`${value}`, x(value), bottom + 16, "middle"),
    ].join(""),
  );
  const rows = estimates.map(({ name, mean, low, high, style }, index) => {
    const y = 12 + (index + 0.5) * ROW;
    const line =
      low === undefined || high === undefined
        ? ""
        : element("line", { class: `line s${style % 7}`, x1: x(low), x2: x(high), y1: y, y2: y });
    return [
      label(name, box.left, y + 3.5, "end", "name"),
      line,
      marker(style, x(mean), y, 4.5),
      label(mean.toFixed(2), WIDTH - 4, y + 3.5, "end", "name"),
    ].join("");
  });
  return drawing(
    title,
    description,
    height,
    ...ticks,
    ...rows,
    label(xLabel, x((domain[0] + domain[1]) / 2), bottom + 34, "middle", "name"),
  );
}
