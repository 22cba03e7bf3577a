/** The figures of one network on samples that it has not seen. */
import type { Examination, Verdict } from "../study/examine.js";
import type { Figure } from "./figure.js";
import { heatMap } from "./heat-map.js";
import { type CaptionedPicture, pictureRows } from "./pictures.js";
import { reliabilityDiagram } from "./reliability.js";

/** With more classes the matrix is drawn without those that are never confused. */
const MOST_CLASSES = 24;

export function examinationFigures(examination: Examination): Figure[] {
  return [
    confusionFigure(examination),
    reliabilityFigure(examination),
    ...verdictFigures(examination),
    ...weightFigures(examination),
  ];
}

function confusionFigure({ classes, confusion, samples }: Examination): Figure {
  const shown = mostConfused(classes.length, confusion);
  const part = (row: number, column: number) => confusion[row]?.[column] ?? 0;
  const totals = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const pairs = classes
    .flatMap((trueClass, row) =>
      classes.map((predicted, column) => ({ trueClass, predicted, count: row === column ? 0 : part(row, column) })),
    )
    .sort((a, b) => b.count - a.count);
  const [worst] = pairs;
  const errors = pairs.reduce((sum, { count }) => sum + count, 0);
  const most =
    worst && worst.count > 0
      ? ` Most often a ${worst.trueClass} is taken for a ${worst.predicted}: ${worst.count} times.`
      : "";
  const few = shown.length < classes.length ? ` The ${shown.length} classes with the most errors are shown.` : "";
  const title = "Confusion matrix";
  return {
    id: "confusion",
    title,
    caption: `${errors} of ${samples} samples are in a wrong class.${most} Shades are shares of the true class, on a scale that makes few errors visible.${few}`,
    drawing: heatMap({
      title,
      description: `${samples - errors} of ${samples} samples are on the diagonal.${most}`,
      rowLabel: "true",
      columnLabel: "predicted class",
      rows: shown.map((index) => `${classes[index]}`),
      columns: shown.map((index) => `${classes[index]}`),
      // The square root: one error in a hundred is a tenth of the way to black
      cells: shown.map((row) =>
        shown.map((column) => {
          const count = part(row, column);
          return count === 0 ? undefined : { value: Math.sqrt(count / (totals[row] || 1)), text: `${count}` };
        }),
      ),
      domain: [0, 1],
      cellHeight: Math.min(30, Math.floor(300 / shown.length)),
    }),
    data: {
      columns: ["true_class", ...classes.map((label) => `predicted_${label}`)],
      rows: classes.map((label, row) => [label, ...classes.map((_, column) => part(row, column))]),
    },
  };
}

/** In their order. */
function mostConfused(classes: number, confusion: Examination["confusion"]): number[] {
  const all = Array.from({ length: classes }, (_, index) => index);
  if (classes <= MOST_CLASSES) return all;
  const errors = all.map((index) =>
    all.reduce(
      (sum, other) => sum + (other === index ? 0 : (confusion[index]?.[other] ?? 0) + (confusion[other]?.[index] ?? 0)),
      0,
    ),
  );
  return [...all]
    .sort((a, b) => (errors[b] ?? 0) - (errors[a] ?? 0))
    .slice(0, MOST_CLASSES)
    .sort((a, b) => a - b);
}

function reliabilityFigure({ bins, calibrationError, samples }: Examination): Figure {
  const title = "Is it as sure as it is right?";
  const gap = (calibrationError * 100).toFixed(1);
  const sure = bins.reduce((sum, { count, confidence }) => sum + count * confidence, 0) / samples;
  const right = bins.reduce((sum, { count, accuracy }) => sum + count * accuracy, 0) / samples;
  const direction = sure > right ? "surer than it should be" : "less sure than it could be";
  return {
    id: "reliability",
    title,
    caption: `Reliability diagram: samples by the probability of the predicted class. Below the dashed line the network is too sure of itself. It is ${direction}; the expected calibration error is ${gap} points. Bars: how many samples.`,
    drawing: reliabilityDiagram(
      bins,
      title,
      `The expected calibration error is ${gap} percentage points over ${samples} samples.`,
    ),
    data: {
      columns: ["confidence_from", "confidence_to", "samples", "mean_confidence", "accuracy"],
      rows: bins.map(({ from, to, count, confidence, accuracy }) => [
        from,
        to,
        count,
        count ? confidence : null,
        count ? accuracy : null,
      ]),
    },
  };
}

function verdictFigures({ mistakes, hits }: Examination): Figure[] {
  const figures: readonly (readonly [string, string, string, readonly Verdict[]])[] = [
    ["mistakes", "The worst mistakes", "Wrong, and the surest of it.", mistakes],
    ["hits", "The least certain hits", "Right, but only just.", hits],
  ];
  return figures
    .filter(([, , , verdicts]) => verdicts.length > 0)
    .map(([id, title, caption, verdicts]) => ({
      id,
      title,
      caption: `${caption} Below each: the true class, what it was taken for and how surely.`,
      drawing: verdicts.some(({ image }) => image) ? pictureRows(verdicts.flatMap(showVerdict), "samples") : "",
      data: {
        columns: ["row_in_file", "true_class", "predicted_class", "probability", "probability_of_true"],
        rows: verdicts.map(({ row, trueClass, predictedClass, probability, probabilityOfTrue }) => [
          row,
          trueClass,
          predictedClass,
          probability,
          probabilityOfTrue,
        ]),
      },
    }));
}

function showVerdict({ image, row, trueClass, predictedClass, probability }: Verdict): CaptionedPicture[] {
  if (!image) return [];
  const sure = `${(probability * 100).toFixed(0)} %`;
  const isRight = trueClass === predictedClass;
  return [
    {
      picture: image,
      alternative: `Row ${row}: a ${trueClass}, taken for a ${predictedClass} with ${sure}`,
      lines: [isRight ? `${trueClass}  ${sure}` : `${trueClass} → ${predictedClass}  ${sure}`],
    },
  ];
}

function weightFigures({ weights, changes, units }: Examination): Figure[] {
  const which = weights.length < units ? `The first ${weights.length} of ${units} units` : `All ${units} units`;
  const rows: readonly (readonly [string, string, string, Examination["weights"]])[] = [
    [
      "weights",
      "What the first layer looks at",
      `${which}: their weights for each pixel, white where light speaks for a unit, black where it speaks against it.`,
      weights,
    ],
    [
      "changes",
      "What training made of it",
      "The same units: their weights less those that they began with, which are random. Where no image has any light they stay as they were: grey.",
      changes,
    ],
  ];
  return rows
    .filter(([, , , pictures]) => pictures.length > 0)
    .map(([id, title, caption, pictures]) => ({
      id,
      title,
      caption,
      drawing: pictureRows(
        pictures.map((picture, unit) => ({ picture, alternative: `${title}: unit ${unit + 1}`, lines: [] })),
        "weights",
      ),
      data: { columns: [], rows: [] },
    }));
}
