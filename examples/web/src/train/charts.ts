/** The curves of a training run. */
import uPlot from "uplot";
import { onThemeChange, styleValue, withNextFrame } from "../page/dom.js";

const HEIGHT = 210;

/** Where a curve stands at some number of epochs. Validation is there at the end of an epoch only. */
export interface CurvePoint {
  readonly epochs: number;
  readonly train: number;
  readonly validation: number | null;
}

export interface Chart {
  clear(): void;
  /** Shown with the next frame. */
  add(point: CurvePoint): void;
}

export function makeChart(
  element: HTMLElement,
  name: string,
  format: (value: number) => string,
  highest?: number,
): Chart {
  const columns: [number[], number[], (number | null)[]] = [[], [], []];
  let plot = build();

  function build(): uPlot {
    const [ink, line] = [styleValue("--muted"), styleValue("--line")];
    const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: "12px system-ui" };
    const series = { width: 2, points: { show: false } };
    const options: uPlot.Options = {
      width: Math.max(element.clientWidth, 100),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: (_, least, most) => [least ?? 0, Math.max(most ?? 1, 1)] },
        y: { range: (_, least, most) => verticalRange(least, most, highest) },
      },
      axes: [
        {
          ...axis,
          size: 28,
          gap: 4,
          values: (_, splits) => splits.map((value) => (value % 1 === 0 ? `${value}` : "")),
        },
        { ...axis, size: 48, values: (_, splits) => splits.map(format) },
      ],
      series: [
        {},
        { ...series, stroke: styleValue("--accent") },
        { ...series, stroke: styleValue("--second"), spanGaps: true },
      ],
    };
    return new uPlot(options, columns, element);
  }

  const show = withNextFrame(() => {
    plot.setData(columns);
    const [train, validation] = [columns[1].at(-1), columns[2].findLast((value) => value !== null)];
    const values = [
      train === undefined ? "" : `${format(train)} in training`,
      validation == null ? "" : `${format(validation)} in validation`,
    ];
    element.ariaLabel = `Curve of the ${name}: ${values.filter(Boolean).join(", ") || "no training yet"}`;
  });

  new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT })).observe(element);
  onThemeChange(() => {
    plot.destroy();
    plot = build();
  });
  return {
    clear() {
      for (const column of columns) column.length = 0;
      show();
    },
    add({ epochs, train, validation }) {
      columns[0].push(epochs);
      columns[1].push(train);
      columns[2].push(validation);
      show();
    },
  };
}

function verticalRange(least: number | null, most: number | null, highest: number | undefined): [number, number] {
  if (least === null || most === null) return [0, 1];
  const margin = Math.max((most - least) * 0.08, 0.005);
  return [Math.max(least - margin, 0), Math.min(most + margin, highest ?? Number.POSITIVE_INFINITY)];
}
