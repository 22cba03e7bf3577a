/** The report of a single run: the same parts as in that of a study. */
import type { Examination } from "../study/examine.js";
import type { Curves } from "../study/run.js";
import { curveFigures } from "./curves.js";
import { examinationFigures } from "./examination.js";
import type { Figure } from "./figure.js";
import { count, microseconds, percent, seconds } from "./numbers.js";
import { renderPage, type Section } from "./page.js";
import { classTable, type Reproduction, reproductionSection } from "./parts.js";

export interface RunReport {
  /** What was trained, in a few words. */
  readonly name: string;
  readonly curves: Curves;
  readonly parameters: number;
  readonly seconds: number;
  readonly microsecondsPerPrediction: number;
  readonly sizes: { readonly train: number; readonly validation: number; readonly test: number };
  /** On the test data. */
  readonly examination: Examination;
  readonly reproduction: Reproduction;
}

/** All figures, in their order. */
export function runFigures(report: RunReport): Figure[] {
  return runSections(report).flatMap(({ figures = [] }) => figures);
}

export function renderRunReport(report: RunReport): string {
  const { name, curves, examination, sizes, parameters, microsecondsPerPrediction, reproduction } = report;
  const epochs = curves.loss.length;
  return renderPage({
    title: `${percent(examination.accuracy)} % right: ${name}`,
    subtitle: `Trained on ${count(sizes.train)} samples for ${epochs} epochs with ${count(sizes.validation)} to validate, tested on ${count(sizes.test)} others.`,
    tiles: [
      {
        label: "Test accuracy",
        value: `${percent(examination.accuracy)} %`,
        detail: `loss ${examination.loss.toFixed(4)}`,
      },
      { label: "Macro F1", value: examination.macro.f1.toFixed(4), detail: `${examination.classes.length} classes` },
      { label: "Parameters", value: count(parameters), detail: "weights and biases" },
      {
        label: "Training",
        value: seconds(report.seconds / epochs),
        detail: `per epoch, ${seconds(report.seconds)} in all`,
      },
      { label: "Prediction", value: microseconds(microsecondsPerPrediction), detail: "per sample" },
    ],
    sections: runSections(report),
    footer: `Made by lanewise ${reproduction.version}.`,
  });
}

function runSections({ curves, examination, reproduction }: RunReport): Section[] {
  const [confusion, reliability, ...pictures] = examinationFigures(examination);
  return [
    {
      title: "Learning",
      figures: curveFigures([curves], "run", "Training"),
    },
    {
      title: "On test data",
      figures: [confusion, reliability].filter((figure) => figure !== undefined),
      table: classTable(examination),
    },
    { title: "Looking closer", figures: pictures },
    reproductionSection(reproduction),
  ];
}
