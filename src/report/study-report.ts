/** The report of a study: what it says in words, and which figures it has. */
import type { Examination } from "../study/examine.js";
import { resultsOf } from "../study/ranking.js";
import type { Row } from "../study/table.js";
import { curveFigures } from "./curves.js";
import { activation, compareGroups, depth, groupBy, isBalanced, width } from "./effects.js";
import { examinationFigures } from "./examination.js";
import type { Figure } from "./figure.js";
import {
  count,
  countOf,
  halfInterval,
  mean,
  meanPercent,
  microseconds,
  percent,
  points,
  probability,
  seconds,
} from "./numbers.js";
import { renderPage, type Section, type Table } from "./page.js";
import { classTable, type Reproduction, reproductionSection } from "./parts.js";
import { costFigures, curveComparison, effectFigures } from "./study-figures.js";

export interface StudyReport {
  /** The final table, best first. The first one has figures. */
  readonly rows: readonly Row[];
  /** All epochs. */
  readonly epochs: number;
  /** Of the shortest runs, which the most configurations have had: the rows themselves where all ran to the end. */
  readonly compared: readonly Row[];
  readonly replicates: number;
  /** Samples in each part of a run. */
  readonly sizes: { readonly train: number; readonly validation: number; readonly test: number };
  /** The winner's first run, on the test data. */
  readonly examination: Examination;
  /** How many runs were computed at a time. */
  readonly workers: string;
  readonly reproduction: Reproduction;
}

const LEVEL = 0.05;
/** Within so many points of accuracy of the best a configuration is as good for most purposes. */
const CLOSE = 0.005;

/** All figures, in their order. */
export function studyFigures(report: StudyReport): Figure[] {
  return studySections(report).flatMap(({ figures = [] }) => figures);
}

export function renderStudyReport(report: StudyReport): string {
  const { rows, replicates, sizes, reproduction } = report;
  const best = bestOf(rows);
  const { timing } = best;
  return renderPage({
    title: `Which network? ${best.name}`,
    subtitle:
      `${countOf(rows.length, "configuration")}, ${countOf(replicates, "run")} each on ${count(sizes.train)} training and ` +
      `${count(sizes.validation)} validation samples. Validation data decided; ${count(sizes.test)} test samples were held back.`,
    tiles: [
      {
        label: "Validation accuracy",
        value: mean(best.validation),
        detail: `${halfInterval(best.validation)}the best of all`,
      },
      { label: "Test accuracy", value: mean(best.test), detail: `${halfInterval(best.test)}held back` },
      {
        label: "Parameters",
        value: count(best.parameters ?? 0),
        detail: `${count(best.multiplications)} multiplications`,
      },
      {
        label: "Training",
        value: seconds(timing?.secondsPerEpoch ?? 0),
        detail: `per epoch, ${seconds(timing?.seconds ?? 0)} in all`,
      },
      {
        label: "Prediction",
        value: microseconds(timing?.microsecondsPerPrediction ?? 0),
        detail: "per sample, on one core",
      },
    ],
    sections: studySections(report),
    footer: `Made by lanewise ${reproduction.version}. Times were measured with ${report.workers} at work.`,
  });
}

function studySections(report: StudyReport): Section[] {
  const { rows, compared, examination, epochs } = report;
  const best = bestOf(rows);
  const ended = rows.filter((row) => row.epochs === epochs);
  const runs = resultsOf(best.outcomes).map(({ curves }) => curves);
  const [confusion, reliability, ...pictures] = examinationFigures(examination);
  return [
    { title: "In short", paragraphs: summarizeStudy(report) },
    { title: "Activation, depth and width", paragraphs: describeCompared(report), figures: effectFigures(compared) },
    {
      title: "What accuracy costs",
      paragraphs: [describeCost(ended), ...describeCompared(report)],
      figures: costFigures(compared),
    },
    {
      title: "Learning",
      figures: [...curveFigures(runs, "winner", best.name), ...curveComparison(ended)],
    },
    {
      title: `The winner on test data`,
      paragraphs: [
        `The first of its runs, on ${count(examination.samples)} samples: ${percent(examination.accuracy)} % right, loss ${examination.loss.toFixed(4)}.`,
      ],
      figures: [confusion, reliability].filter((figure) => figure !== undefined),
      table: classTable(examination),
    },
    { title: "Looking closer", figures: pictures },
    { title: "All configurations", paragraphs: [TABLE_NOTE], table: fullTable(rows) },
    reproductionSection(report.reproduction),
  ];
}

/** Where runs were stopped early: what the figures compare. */
function describeCompared({ compared, epochs }: StudyReport): string[] {
  const [first] = compared;
  if (!first || first.epochs === epochs) return [];
  return [
    `These figures are of the ${count(compared.length)} configurations after ${countOf(first.epochs, "epoch")}, before the worse ones were stopped.`,
  ];
}

function bestOf(rows: readonly Row[]): Row {
  const [best] = rows;
  if (!best) throw new RangeError("a report needs at least one configuration");
  return best;
}

/** The winner, by how much, at what cost; and what the settings do. */
function summarizeStudy({ rows, compared, sizes, replicates, epochs }: StudyReport): string[] {
  const best = bestOf(rows);
  const ended = rows.filter((row) => row.epochs === epochs && row.validation);
  const [, second] = ended;
  const overlap = sizes.validation / sizes.train;
  const clear = ended.filter(({ behind }) => behind && behind.correctedP < LEVEL).length;
  const lines = [
    `${best.name} did best: ${meanPercent(best.validation)} of the validation samples right, the mean of ${countOf(replicates, "run")}, and ${meanPercent(best.test)} of the test samples, which no choice depended on.`,
  ];
  if (second?.behind) {
    const { difference, p } = second.behind;
    const shown = probability(p);
    const equation = shown.startsWith("<") ? `p ${shown}` : `p = ${shown}`;
    const next = `The next is ${second.name}, ${points(difference)} points behind (${equation}${p < LEVEL ? "" : ", so it may be chance"}).`;
    lines.push(ended.length > 2 ? `${next} ${summarizeOthers(ended.length - 1, clear, replicates)}` : next);
  }
  for (const setting of [activation, depth, width]) {
    const groups = groupBy(compared, setting);
    if (groups.length < 2 || !isBalanced(groups)) continue;
    const sentences =
      setting === activation ? compareGroups(groups, overlap) : [compareGroups(groups, overlap).at(-1) ?? ""];
    lines.push(`${capitalize(setting.name)}, all else being equal: ${sentences.join("; ")}.`);
  }
  const diverged = rows.filter((row) => row.diverged > 0).length;
  if (diverged > 0) lines.push(`In ${countOf(diverged, "configuration")} training diverged in at least one run.`);
  return lines;
}

/** How many of the others are behind by more than chance explains. */
function summarizeOthers(others: number, clear: number, replicates: number): string {
  const behind = clear === 0 ? "none is" : clear === 1 ? "one is" : clear === others ? "all are" : `${clear} are`;
  const rest = `; the rest cannot be told from the best by ${countOf(replicates, "run")} each`;
  return `Of the ${others} others, ${behind} behind by more than chance explains, with all comparisons taken together${clear < others ? rest : ""}.`;
}

function describeCost(ended: readonly Row[]): string {
  const best = bestOf(ended);
  const close = ended.filter(({ validation }) => validation && validation.mean >= (best.validation?.mean ?? 0) - CLOSE);
  const [cheapest] = [...close].sort((a, b) => (a.parameters ?? 0) - (b.parameters ?? 0));
  const size = `${best.name} has ${count(best.parameters ?? 0)} parameters.`;
  if (!cheapest || cheapest === best) return `${size} Nothing smaller comes within half a point of it.`;
  const factor = (best.parameters ?? 0) / (cheapest.parameters || 1);
  const gap = (best.validation?.mean ?? 0) - (cheapest.validation?.mean ?? 0);
  return (
    `${size} The smallest within half a point of it is ${cheapest.name}: ${points(gap)} points less for ${count(cheapest.parameters ?? 0)} ` +
    `parameters, ${factor < 1.95 ? `${percent(1 - 1 / factor, 0)} % fewer` : `one in ${factor.toPrecision(2)}`}.`
  );
}

const TABLE_NOTE =
  "± is half the 95 % interval of the mean by Student's t. Behind: the best's validation accuracy less this one's in points, run by " +
  "run. p is that of the paired t-test, with its variance corrected for runs that share training samples (Nadeau and Bengio 2003); " +
  "p, all: the same after Holm's correction for the number of comparisons, so that below 0.05 a difference means something.";

function fullTable(rows: readonly Row[]): Table {
  return {
    columns: ["", "configuration", "epochs", "validation", "test", "behind", "p", "p, all", "parameters", "s / epoch"],
    rows: rows.map(({ rank, name, epochs, validation, test, behind, diverged, parameters, timing }) => [
      rank,
      diverged > 0 ? `${name} (diverged in ${countOf(diverged, "run")})` : name,
      epochs,
      validation ? meanPercent(validation) : "–",
      test ? meanPercent(test) : "–",
      behind ? points(behind.difference) : "",
      behind ? probability(behind.p) : "",
      behind ? probability(behind.correctedP) : "",
      parameters === undefined ? "–" : count(parameters),
      timing ? seconds(timing.secondsPerEpoch) : "–",
    ]),
    emphasized: 0,
  };
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
