/** What a study leaves behind, beside its journal: the table, the report with its figures, and the winner. */
import { join } from "node:path";
import { type FileToWrite, makeDirectory, writeFiles } from "../files/write.js";
import { toCsv } from "../report/figure.js";
import { renderStudyReport, type StudyReport, studyFigures } from "../report/study-report.js";
import { type Examination, examine } from "../study/examine.js";
import { cutParts, type StudyData, trainJob } from "../study/run.js";
import { type Row, tableToCsv } from "../study/table.js";

/** Trains the first run of a configuration once more, to the same bits, saves it and looks closer at it. */
export async function examineWinner(
  { configuration, epochs }: Row,
  data: StudyData,
  directory: string,
): Promise<Examination> {
  const parts = cutParts(data, 0);
  const { model, start } = await trainJob({ configuration, epochs, replicate: 0 }, data, parts);
  await model.save(join(directory, "model"));
  const examination = await examine(model, parts.test, data.task.classes, start);
  model.dispose();
  return examination;
}

/** Every row without what was timed: the same bytes for the same study. */
export async function saveTable(directory: string, rows: readonly Row[]): Promise<void> {
  await writeFiles([toFile(directory, "table.csv", tableToCsv(rows))]);
}

/** The page, and its figures as JSON and CSV. */
export async function saveStudyReport(directory: string, report: StudyReport): Promise<void> {
  const figures = studyFigures(report).filter(({ data }) => data.rows.length > 0);
  const { rows, sizes, epochs, replicates, examination, reproduction } = report;
  const { mistakes, hits, weights: _, changes: __, ...figuresOfWinner } = examination;
  const withoutImage = ({ image: _, ...verdict }: Examination["mistakes"][number]) => verdict;
  const json = {
    reproduction,
    sizes,
    epochs,
    replicates,
    table: rows.map(({ outcomes: _, ...row }) => row),
    winner: { ...figuresOfWinner, mistakes: mistakes.map(withoutImage), hits: hits.map(withoutImage) },
    figures: figures.map(({ id, title, caption, data }) => ({ id, title, caption, ...data })),
  };
  await makeDirectory(join(directory, "figures"));
  await writeFiles([
    ...figures.map(({ id, data }) => toFile(directory, join("figures", `${id}.csv`), toCsv(data))),
    toFile(directory, "report.json", `${JSON.stringify(json, null, 2)}\n`),
    toFile(directory, "report.html", renderStudyReport(report)),
  ]);
}

function toFile(directory: string, name: string, text: string): FileToWrite {
  return { path: join(directory, name), bytes: new TextEncoder().encode(text) };
}
