/** Learning curves: training and validation, with the spread over runs, and where over-fitting starts. */
import type { Curves } from "../study/run.js";
import type { Figure } from "./figure.js";
import { lineChart, type Point, type Series } from "./lines.js";

/** Loss and accuracy over the epochs of some runs. */
export function curveFigures(runs: readonly Curves[], id: string, name: string): Figure[] {
  const spread = runs.length > 1 ? `The band reaches from the lowest to the highest of ${runs.length} runs. ` : "";
  const best = overfittingEpoch(runs);
  const epochs = lengthOf(runs);
  const loss = [
    series(
      "training",
      runs.map(({ loss }) => loss),
      1,
    ),
    series(
      "validation",
      runs.map(({ validationLoss }) => validationLoss),
      0,
    ),
  ];
  const accuracy = [
    series(
      "training",
      runs.map(({ accuracy }) => accuracy.map(percent)),
      1,
    ),
    series(
      "validation",
      runs.map(({ validationAccuracy }) => validationAccuracy.map(percent)),
      0,
    ),
  ];
  const last = (one: Series | undefined) => one?.points.at(-1)?.y ?? Number.NaN;
  const note = best < epochs ? { x: best, text: `lowest: epoch ${best}` } : undefined;
  const titles = { loss: `${name}: loss`, accuracy: `${name}: accuracy` };
  return [
    {
      id: `${id}-loss`,
      title: titles.loss,
      caption: `${spread}${describeOverfitting(runs)}`,
      drawing: lineChart({
        title: titles.loss,
        description: `Over ${epochs} epochs the training loss ends at ${last(loss[0]).toFixed(3)}, the validation loss at ${last(loss[1]).toFixed(3)}, lowest after epoch ${best}.`,
        xLabel: "epoch",
        yLabel: "cross-entropy, nats",
        series: loss,
        bands: true,
        fromZero: true,
        note,
      }),
      data: tableOf(loss, "loss"),
    },
    {
      id: `${id}-accuracy`,
      title: titles.accuracy,
      caption: `${spread}Training accuracy is the mean over each epoch, while the weights change.`,
      drawing: lineChart({
        title: titles.accuracy,
        description: `Over ${epochs} epochs the training accuracy ends at ${last(accuracy[0]).toFixed(1)} %, the validation accuracy at ${last(accuracy[1]).toFixed(1)} %.`,
        xLabel: "epoch",
        yLabel: "right, %",
        series: accuracy,
        bands: true,
      }),
      data: tableOf(accuracy, "accuracy_percent"),
    },
  ];
}

/** The epoch, from 1, after which the mean validation loss was lowest. */
export function overfittingEpoch(runs: readonly Curves[]): number {
  const { points } = series(
    "",
    runs.map(({ validationLoss }) => validationLoss),
    0,
  );
  return points.reduce((best, point) => (point.y < best.y ? point : best), points[0] ?? { x: 1, y: 0 }).x;
}

/** In words. */
function describeOverfitting(runs: readonly Curves[]): string {
  const epochs = lengthOf(runs);
  const best = overfittingEpoch(runs);
  return best < epochs
    ? `Over-fitting starts after epoch ${best} of ${epochs}: from there on the validation loss gets no lower, while the training loss goes on falling.`
    : `The validation loss was still falling after epoch ${epochs}: there is no over-fitting yet.`;
}

function series(name: string, runs: readonly (readonly number[])[], style: number): Series {
  const length = Math.min(...runs.map((run) => run.length));
  const points = Array.from({ length }, (_, epoch): Point => {
    const values = runs.map((run) => run[epoch] ?? Number.NaN);
    const y = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { x: epoch + 1, y, low: Math.min(...values), high: Math.max(...values) };
  });
  return { name, points, style, dashed: style === 1 };
}

/** Runs that were ended early make the curve of all of them end. */
function lengthOf(runs: readonly Curves[]): number {
  return Math.min(...runs.map(({ loss }) => loss.length));
}

function tableOf(list: readonly Series[], unit: string) {
  return {
    columns: ["epoch", ...list.flatMap(({ name }) => [`${name}_${unit}`, `${name}_lowest`, `${name}_highest`])],
    rows: (list[0]?.points ?? []).map(({ x }, index) => [
      x,
      ...list.flatMap(({ points }) => {
        const { y = null, low = null, high = null } = points[index] ?? {};
        return [y, low, high];
      }),
    ]),
  };
}

function percent(share: number): number {
  return share * 100;
}
