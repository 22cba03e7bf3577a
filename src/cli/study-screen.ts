/** What a study shows on the screen, as lines of at most 80 columns. */
import { describeShape } from "../arrays.js";
import type { ReplicatePlan } from "../study/replicates.js";
import type { Space } from "../study/space.js";
import { isRange } from "../study/space.js";
import type { Summary } from "../study/statistics.js";
import type { Plan } from "../study/strategies.js";
import type { Row } from "../study/table.js";
import { wrap } from "./help.js";
import type { StudyFiles } from "./study-data.js";
import { formatCount, formatFile, formatTable } from "./tables.js";
import type { Style } from "./terminal.js";

const SHOWN = 12;
const WIDTH = 78;

export function renderStudyPlan(files: StudyFiles, space: Space, plan: Plan & ReplicatePlan, style: Style): string[] {
  const { images, labels, sizes, data } = files;
  const axes = Object.entries(space.axes).map(([name, values]) => {
    const text = isRange(values) ? `${values.min} to ${values.max}, ${values.scale}` : values.map(showValue).join(", ");
    return `${name} ${text}`;
  });
  const { seeds, folds } = plan;
  const runs =
    folds > 0 ? `${seeds * folds} runs each: ${folds} folds` : `${seeds} ${seeds === 1 ? "run" : "runs"} each`;
  const about = [`${plan.strategy}, ${runs}`, `${space.epochs} epochs`, `seed ${plan.seed}`].join(", ");
  const counts = [
    `${formatCount(sizes.train)} train`,
    `${formatCount(sizes.validation)} validate`,
    `${formatCount(sizes.test)} are held back`,
  ];
  return [
    formatFile("Images", images.path, `${describeShape(images.shape)} ${images.dtype}`, style),
    formatFile("Labels", labels.path, `${formatCount(data.task.classes.length)} classes`, style),
    `        ${counts.join(", ")}`,
    ...titled("Space", axes.join("; "), style),
    ...titled("Study", about, style),
  ];
}

/** The best ones. */
export function renderStudyTable(rows: readonly Row[], style: Style): string[] {
  const ended = rows.filter(({ validation }) => validation !== undefined);
  const cells = ended
    .slice(0, SHOWN)
    .map(({ name, validation, test, behind, parameters }) => [
      name.length > 30 ? `${name.slice(0, 29)}…` : name,
      showMean(validation),
      showMean(test),
      behind ? `${percent(behind.difference)}${behind.correctedP < 0.05 ? " *" : "  "}` : "",
      formatCount(parameters ?? 0),
    ]);
  const table = formatTable(["configuration", "validation %", "test %", "behind  ", "parameters"], cells, { style });
  const more = ended.length - cells.length;
  return [
    ...table,
    ...(more > 0 ? [style.dim(`  and ${formatCount(more)} more`)] : []),
    ...wrap(
      "± is half the 95 % interval of the mean (Student's t). behind: the best's validation accuracy less this one's, paired " +
        "by run; * differs from the best at the 5 % level, over all comparisons together (Holm; Nadeau and Bengio).",
      WIDTH,
    ).map(style.dim),
  ];
}

/** The winner in one line. */
export function renderWinner({ name, validation, test }: Row): string {
  return `Best ${name}: validation ${showMean(validation)} %, test ${showMean(test)} %`;
}

function titled(title: string, text: string, style: Style): string[] {
  return wrap(text, WIDTH - 8).map((line, index) => `${index === 0 ? style.bold(title) : "     "}   ${line}`);
}

function showMean(summary: Summary | undefined): string {
  if (!summary) return "";
  const half = summary.interval ? (summary.interval[1] - summary.interval[0]) / 2 : undefined;
  return half === undefined ? percent(summary.mean) : `${percent(summary.mean)} ± ${percent(half)}`;
}

function percent(share: number): string {
  return (share * 100).toFixed(2);
}

function showValue(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(", ")}]` : `${value}`;
}
