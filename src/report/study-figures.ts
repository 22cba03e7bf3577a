/** The figures of a study: what each setting gives, and at what cost. */
import { type Configuration, varyingSettings } from "../study/configuration.js";
import { resultsOf } from "../study/ranking.js";
import type { Row } from "../study/table.js";
import { dotPlot } from "./dots.js";
import { activation, depth, type Group, groupBy, isBalanced, otherSettings, type Setting, width } from "./effects.js";
import type { Figure } from "./figure.js";
import { heatMap } from "./heat-map.js";
import { lineChart, type Series } from "./lines.js";
import { paretoFront, scatterChart } from "./scatter.js";

/** Of those that ran to the end. */
export function effectFigures(rows: readonly Row[]): Figure[] {
  const even = rows.filter(({ configuration }) => isEven(configuration));
  const settings = otherSettings(varyingSettings(rows.map(({ configuration }) => configuration)));
  const shapes =
    even.length === rows.length
      ? [...shapeLines(even, width, true), ...shapeLines(even, depth, false), ...heatMaps(even)]
      : [];
  return [
    ...settingFigure(rows, activation),
    ...shapes,
    ...settings.flatMap((setting) => settingFigure(rows, setting)),
  ];
}

export function costFigures(rows: readonly Row[]): Figure[] {
  return [
    paretoFigure(rows, "parameters", "Accuracy and size", "parameters", ({ parameters }) => parameters),
    paretoFigure(rows, "time", "Accuracy and training time", "seconds of training", ({ timing }) => timing?.seconds),
  ];
}

/** The colour and mark of an activation: the same in all figures. */
export function styleOf(rows: readonly Row[], name: string): number {
  return activationsOf(rows).indexOf(name);
}

/** The same order in all figures. */
function activationsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.map(({ configuration }) => configuration.activation))].sort();
}

/** All hidden layers as wide as the first. */
function isEven({ layers }: Configuration): boolean {
  return layers.length > 0 && layers.every((units) => units === layers[0]);
}

function settingFigure(rows: readonly Row[], setting: Setting): Figure[] {
  const groups = groupBy(rows, setting);
  if (groups.length < 2 || groups.length > 12) return [];
  const title = `By ${setting.name}`;
  const estimates = groups.map(({ value, summary: { mean, interval } }) => ({
    name: `${value}`,
    mean: mean * 100,
    low: interval ? interval[0] * 100 : undefined,
    high: interval ? interval[1] * 100 : undefined,
    style: setting === activation ? styleOf(rows, `${value}`) : 0,
  }));
  const best = [...estimates].sort((a, b) => b.mean - a.mean)[0];
  return [
    {
      id: `by-${setting.name.replaceAll(" ", "-")}`,
      title,
      caption: `Validation accuracy, mean over all other settings; the line is the 95 % interval over runs.${warnUnlessBalanced(groups)}`,
      drawing: dotPlot(
        estimates,
        title,
        `The highest mean is ${best?.mean.toFixed(2)} %, of ${best?.name}.`,
        "validation accuracy, %",
      ),
      data: groupData(groups, setting.name),
    },
  ];
}

/** A line for each activation over depth or width. */
function shapeLines(rows: readonly Row[], setting: Setting, isLog: boolean): Figure[] {
  if (groupBy(rows, setting).length < 2) return [];
  const names = activationsOf(rows);
  const lines = names.map((name) => ({
    name,
    groups: groupBy(
      rows.filter(({ configuration }) => configuration.activation === name),
      setting,
    ),
  }));
  const series: Series[] = lines.map(({ name, groups }) => ({
    name,
    style: styleOf(rows, name),
    points: groups.map(({ value, summary: { mean, interval } }) => ({
      x: Number(value),
      y: mean * 100,
      low: interval ? interval[0] * 100 : undefined,
      high: interval ? interval[1] * 100 : undefined,
    })),
  }));
  const title = `Accuracy by ${setting.name}`;
  const ends = series
    .map(({ name, points }) => `${name} from ${points[0]?.y.toFixed(1)} to ${points.at(-1)?.y.toFixed(1)} %`)
    .join(", ");
  const all = lines.flatMap(({ groups }) => groups);
  return [
    {
      id: `by-${setting.name.replaceAll(" ", "-")}`,
      title,
      caption: `Mean over ${setting === width ? "the numbers of layers" : "the widths"}, with 95 % intervals over runs.${warnUnlessBalanced(all)}`,
      drawing: lineChart({
        title,
        description: `From the first to the last: ${ends}.`,
        xLabel: setting.name,
        yLabel: "validation accuracy, %",
        xKind: isLog ? "log" : "linear",
        series,
      }),
      data: {
        columns: ["activation", ...groupData([], setting.name).columns],
        rows: lines.flatMap(({ name, groups }) => groupData(groups, setting.name).rows.map((row) => [name, ...row])),
      },
    },
  ];
}

/** Depth and width, a map for each activation, all on one scale. */
function heatMaps(rows: readonly Row[]): Figure[] {
  const names = activationsOf(rows);
  const depths = groupBy(rows, depth).map(({ value }) => value);
  const widths = groupBy(rows, width).map(({ value }) => value);
  if (depths.length < 2 || widths.length < 2 || widths.length > 10) return [];
  const maps = names.map((name) => ({
    name,
    groups: depths.map((layers) =>
      widths.map((units) => {
        const own = rows.filter(
          ({ configuration: one }) =>
            one.activation === name && one.layers.length === layers && one.layers[0] === units,
        );
        return groupBy(own, activation)[0];
      }),
    ),
  }));
  const means = maps.flatMap(({ groups }) => groups.flat()).flatMap((group) => (group ? [group.summary.mean] : []));
  const domain = [Math.min(...means), Math.max(...means)] as const;
  return maps.map(({ name, groups }) => {
    const best = findBest(groups);
    const title = `${name}: layers and units`;
    const place = best ? `${depths[best[0]]} x ${widths[best[1]]}` : "none";
    return {
      id: `map-${name}`,
      title,
      caption:
        "Mean validation accuracy in %; the frame is around the highest. All such maps have one scale of shades.",
      drawing: heatMap({
        title,
        description: `Mean validation accuracy by hidden layers and units per layer. The highest, ${best ? ((groups[best[0]]?.[best[1]]?.summary.mean ?? 0) * 100).toFixed(2) : "–"} %, is at ${place}.`,
        rowLabel: "layers",
        columnLabel: "units per layer",
        rows: depths.map(String),
        columns: widths.map(String),
        cells: groups.map((line) =>
          line.map((group) => group && { value: group.summary.mean, text: (group.summary.mean * 100).toFixed(1) }),
        ),
        domain,
        ...(best && { marked: best }),
      }),
      data: {
        columns: ["hidden_layers", "units_per_layer", ...groupData([], "").columns.slice(1)],
        rows: groups.flatMap((line, row) =>
          line.flatMap((group, column) =>
            group
              ? groupData([group], "").rows.map((cells) => [depths[row] ?? "", widths[column] ?? "", ...cells.slice(1)])
              : [],
          ),
        ),
      },
    };
  });
}

function findBest(groups: readonly (readonly (Group | undefined)[])[]): readonly [number, number] | undefined {
  let best: readonly [number, number] | undefined;
  let highest = -Infinity;
  groups.forEach((line, row) => {
    line.forEach((group, column) => {
      if (!group || group.summary.mean <= highest) return;
      highest = group.summary.mean;
      best = [row, column];
    });
  });
  return best;
}

function paretoFigure(
  rows: readonly Row[],
  id: string,
  title: string,
  xLabel: string,
  costOf: (row: Row) => number | undefined,
): Figure {
  const dots = rows.flatMap((row) => {
    const cost = costOf(row);
    if (cost === undefined || !row.validation) return [];
    return [
      { name: row.name, x: cost, y: row.validation.mean * 100, style: styleOf(rows, row.configuration.activation) },
    ];
  });
  const front = paretoFront(dots);
  const names = activationsOf(rows);
  return {
    id: `pareto-${id}`,
    title,
    caption: `A mark for each configuration. On the line are those that no other beats at the same or less cost.`,
    drawing: scatterChart({
      title,
      description: `Of ${dots.length} configurations ${front.length} are on the front, from ${front[0]?.name} with ${front[0]?.y.toFixed(1)} % to ${front.at(-1)?.name} with ${front.at(-1)?.y.toFixed(1)} %.`,
      xLabel: `${xLabel}, log scale`,
      yLabel: "validation accuracy, %",
      dots,
      legend: names.map((name) => ({ name, style: styleOf(rows, name) })),
    }),
    data: {
      columns: ["configuration", xLabel.replaceAll(" ", "_"), "validation_accuracy_percent", "on_front"],
      rows: dots.map((dot) => [dot.name, dot.x, dot.y, front.includes(dot) ? 1 : 0]),
    },
  };
}

/** The validation loss of the best configuration of each activation. */
export function curveComparison(rows: readonly Row[]): Figure[] {
  const best = activationsOf(rows).flatMap((name) => {
    const row = rows.find(({ configuration }) => configuration.activation === name);
    return row ? [row] : [];
  });
  const lines = best.flatMap((row) => {
    const runs = resultsOf(row.outcomes).map(({ curves }) => curves.validationLoss);
    if (runs.length === 0) return [];
    const length = Math.min(...runs.map((run) => run.length));
    const points = Array.from({ length }, (_, epoch) => {
      const values = runs.map((run) => run[epoch] ?? Number.NaN);
      return {
        x: epoch + 1,
        y: values.reduce((sum, value) => sum + value, 0) / values.length,
        low: Math.min(...values),
        high: Math.max(...values),
      };
    });
    return [
      {
        name: row.configuration.activation,
        points,
        style: styleOf(rows, row.configuration.activation),
        about: row.name,
      },
    ];
  });
  if (lines.length < 2) return [];
  const title = "The best of each activation";
  return [
    {
      id: "curves-by-activation",
      title,
      caption: `Validation loss of ${lines.map(({ about }) => about).join("; ")}. Bands reach from the lowest to the highest run.`,
      drawing: lineChart({
        title,
        description: lines.map(({ about, points }) => `${about}: at last ${points.at(-1)?.y.toFixed(3)}`).join("; "),
        xLabel: "epoch",
        yLabel: "validation cross-entropy, nats",
        series: lines,
        bands: true,
      }),
      data: {
        columns: ["configuration", "epoch", "validation_loss", "lowest", "highest"],
        rows: lines.flatMap(({ about, points }) => points.map(({ x, y, low, high }) => [about, x, y, low, high])),
      },
    },
  ];
}

function groupData(groups: readonly Group[], name: string) {
  return {
    columns: [name.replaceAll(" ", "_"), "configurations", "validation_accuracy_percent", "deviation", "low", "high"],
    rows: groups.map(({ value, rows, summary: { mean, deviation, interval } }) => [
      value,
      rows.length,
      mean * 100,
      deviation * 100,
      interval ? interval[0] * 100 : null,
      interval ? interval[1] * 100 : null,
    ]),
  };
}

function warnUnlessBalanced(groups: readonly Group[]): string {
  return isBalanced(groups) ? "" : " Not all of them stand with the same other settings: compare with care.";
}
