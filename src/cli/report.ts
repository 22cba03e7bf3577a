/** What a run shows on the screen, section by section, as lines of at most 80 columns. */
import { describeShape } from "../arrays.js";
import { MOST_ROWS, renderClassCounts, SHOWN_ROWS, sum } from "./class-counts.js";
import type { Classifiers } from "./classifier.js";
import { type DataSummary, PARTS } from "./data.js";
import type { ArrayFile, ImagesSummary } from "./data-files.js";
import type { Accuracies, MemberAccuracies, Members } from "./ensemble.js";
import { wrap } from "./help.js";
import { chooseScaling } from "./scaling.js";
import { formatCount, formatFigure, formatFile, formatSeconds, formatTable, formatValue, shorten } from "./tables.js";
import type { Style } from "./terminal.js";
import type { TestResult } from "./test-result.js";
import type { Run } from "./train.js";
import type { TrainOptions } from "./train-options.js";

/** The files, what is done with their values, and how many samples of each class each part has. */
export function renderData({ images, labels, scaling, classes, counts }: DataSummary, style: Style): string[] {
  const { divisor, least, largest } = scaling;
  const scaled = divisor === 1 ? "taken as they are" : `divided by ${formatValue(divisor)}`;
  const rows = classes.map((label, index) => {
    const cells = PARTS.map((part) => counts[part][index] ?? 0);
    return { label, counts: [...cells, sum(cells)] };
  });
  return [
    formatFile("Images", images.path, `${describeShape(images.shape)} ${images.dtype}`, style),
    `        values from ${formatValue(least)} to ${formatValue(largest)}, ${scaled}`,
    formatFile("Labels", labels.path, `${formatCount(rows.length)} classes`, style),
    "",
    ...renderClassCounts([...PARTS, "total"], rows, style),
  ];
}

/** The models and the images they are given, and whether they bring their values to the size that networks like. */
export function renderInput(
  classifiers: Classifiers,
  { array, summary }: ArrayFile<ImagesSummary>,
  style: Style,
): string[] {
  const { divisor, least, largest } = chooseScaling(array);
  const scales = classifiers.every(({ model }) => {
    const scaler = model.layers.find(({ className }) => /^Rescaling$|Normalization$|^Dense$/.test(className));
    return scaler !== undefined && scaler.className !== "Dense";
  });
  const values = `        values from ${formatValue(least)} to ${formatValue(largest)}`;
  const models = classifiers.map(({ path, inputShape, classes }) =>
    formatFile("Model ", path, `${describeShape(inputShape)} to ${formatCount(classes.length)} classes`, style),
  );
  return [
    ...models,
    formatFile("Images", summary.path, `${describeShape(summary.shape)} ${summary.dtype}`, style),
    scales ? `${values}, scaled by the model` : `${values}, taken as they are`,
    ...(scales || divisor === 1 ? [] : ["        Note: the model has no layer that scales them"]),
  ];
}

const AUGMENTATION_NAMES = {
  affine: "turned, scaled, sheared and moved at random",
  elastic: "elastically distorted at random",
  both: "elastically distorted, turned, scaled, sheared and moved at random",
} as const;

/** How training goes about it. */
export function renderPlan(options: TrainOptions, style: Style): string[] {
  const { layers, activation, initializer, dropout, optimizer, learningRate, batchSize, epochs, patience, seed } =
    options;
  const { normalization, augmentation, schedule, weightDecay, labelSmoothing, averaging } = options;
  const hidden = [
    activation,
    ...(normalization === "none" ? [] : [`${normalization} normalization`]),
    `weights from ${initializer}`,
    ...(dropout > 0 ? [`dropout ${dropout}`] : []),
  ];
  const steps = [
    optimizer,
    `learning rate ${learningRate}${schedule === "constant" ? "" : ` (${schedule})`}`,
    ...(weightDecay > 0 ? [`weight decay ${weightDecay}`] : []),
    ...(labelSmoothing > 0 ? [`label smoothing ${labelSmoothing}`] : []),
    ...(averaging > 0 ? [`averaging ${averaging}`] : []),
  ];
  const limit = patience === undefined ? [] : [`patience ${patience}`];
  return [
    ...(layers.length > 0 ? [`${style.bold("Hidden")}    ${hidden.join(", ")}`] : []),
    ...(augmentation === "none" ? [] : [`${style.bold("Images")}    ${AUGMENTATION_NAMES[augmentation]}`]),
    ...wrap(steps.map((step) => step.replaceAll(" ", "\u00a0")).join(", "), 70).map(
      (line, index) => `${index === 0 ? style.bold("Training") : " ".repeat(8)}  ${line}`,
    ),
    `          ${[`${epochs} epochs`, ...limit, `batches of ${batchSize}`, `seed ${seed}`].join(", ")}`,
  ];
}

/** How long training took, and, unless it went as planned, why it ended and which weights were kept. */
export function renderRun({ history, stopped, weightsOfEpoch, seconds, samplesPerSecond }: Run): string[] {
  const epochs = history.epoch.length;
  const took = `${formatSeconds(seconds)}, ${formatCount(samplesPerSecond)} samples/s with validation`;
  const lines = [`Trained for ${epochs} ${epochs === 1 ? "epoch" : "epochs"} in ${took}.`];
  if (stopped === "patience") lines.push(`Stopped early: no lower validation loss since epoch ${weightsOfEpoch}.`);
  else if (stopped !== null) lines.push(`Stopped in epoch ${epochs} by ${stopped === "SIGINT" ? "Ctrl-C" : stopped}.`);
  if (weightsOfEpoch < epochs || stopped !== null) {
    lines.push(`The weights are those of epoch ${weightsOfEpoch}, with the lowest validation loss.`);
  }
  return lines;
}

/** How well each network of an ensemble does, and all of them together. */
export function renderMembers(members: Members, { each, together }: MemberAccuracies, style: Style): string[] {
  const figures = ({ validation, test }: Accuracies) => [formatFigure(validation), formatFigure(test)];
  const rows = each.map((one, index) => [`${index + 1}`, `${members[index]?.seed}`, ...figures(one)]);
  return [
    `${style.bold("Networks")}, by accuracy`,
    ...formatTable(["network", "seed", "validation", "test"], [...rows, ["all", "", ...figures(together)]], {
      style,
      footer: 1,
    }),
  ];
}

/** The test result in one line. */
export function renderAccuracy(title: string, { accuracy, correct, samples, loss }: TestResult): string {
  const counts = `${formatCount(correct)} of ${formatCount(samples)}`;
  return `${title} ${formatFigure(accuracy)} (${counts}), loss ${formatFigure(loss)}`;
}

/** Precision, recall and F1 of each class, and their means. */
export function renderClasses({ perClass, macro, samples }: TestResult, style: Style): string[] {
  const few = perClass.length > MOST_ROWS;
  const shown = few ? [...perClass].sort((a, b) => a.f1 - b.f1).slice(0, SHOWN_ROWS) : perClass;
  const rows = [...shown, { label: "macro average", ...macro, support: samples }].map(
    ({ label, precision, recall, f1, support }) => [
      label,
      ...[precision, recall, f1].map(formatFigure),
      formatCount(support),
    ],
  );
  const title = few ? `The ${SHOWN_ROWS} classes with the lowest F1` : "Classes";
  return [
    style.bold(title),
    ...formatTable(["class", "precision", "recall", "F1", "support"], rows, { style, footer: 1 }),
  ];
}

/** The samples that the model got most wrong. */
export function renderMistakes({ mistakes }: TestResult, style: Style): string[] {
  if (mistakes.length === 0) return [`${style.bold("Worst mistakes")}: none`];
  const rows = mistakes.map(({ row, trueClass, predictedClass, probability, loss }) => [
    `${row}`,
    `${trueClass}`,
    `${predictedClass}`,
    formatFigure(probability),
    formatFigure(loss),
  ]);
  return [
    style.bold("Worst mistakes"),
    ...formatTable(["row in file", "true", "predicted", "probability", "loss"], rows, { style }),
  ];
}

/** Where a run's results are. */
export function renderPlace(path: string): string {
  return `Saved to ${shorten(path, 60)}`;
}
