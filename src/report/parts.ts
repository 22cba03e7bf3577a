/** Sections that every report has. */
import type { Examination } from "../study/examine.js";
import type { Section, Table } from "./page.js";

/** What it takes to get the same figures again. */
export interface Reproduction {
  readonly version: string;
  readonly command: string;
  readonly seed: number;
  /** What it ran on, by name. */
  readonly environment: readonly (readonly [name: string, value: string])[];
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

export function reproductionSection({ version, command, seed, environment, files }: Reproduction): Section {
  return {
    title: "How to get this again",
    paragraphs: [
      "The same version, data and seed give the same weights and the same table to the last bit, on every machine and with any number of workers. Only times differ.",
    ],
    code: command,
    facts: [
      ["lanewise", version],
      ["seed", `${seed}`],
      ...environment,
      ...files.map(({ path, sha256 }) => [path, `sha256 ${sha256}`] as const),
    ],
  };
}

/** Precision, recall and F1 of each class, and their means. */
export function classTable({ perClass, macro, samples }: Examination): Table {
  const figures = (scores: { precision: number; recall: number; f1: number }) =>
    [scores.precision, scores.recall, scores.f1].map((share) => share.toFixed(4));
  return {
    columns: ["class", "precision", "recall", "F1", "samples"],
    rows: [
      ...perClass.map((scores) => [scores.label, ...figures(scores), `${scores.support}`]),
      ["mean", ...figures(macro), `${samples}`],
    ],
    emphasized: perClass.length,
  };
}
