/** A classification report as a table of text, to the letter as scikit-learn's. */
import type { Averages, Scores } from "./scores.js";

export function renderReport({ accuracy, perClass, macro, weighted }: Scores): string {
  const support = perClass.reduce((total, scores) => total + scores.support, 0);
  const width = Math.max("weighted avg".length, ...perClass.map(({ label }) => label.length));
  const line = (name: string, cells: readonly (string | number)[]): string =>
    `${name.padStart(width)} ${cells.map((cell) => ` ${String(cell).padStart(9)}`).join("")}\n`;
  const row = (name: string, { precision, recall, f1 }: Averages, count: number): string =>
    line(name, [...[precision, recall, f1].map(round), count]);
  return [
    line("", ["precision", "recall", "f1-score", "support"]),
    "\n",
    ...perClass.map((scores) => row(scores.label, scores, scores.support)),
    "\n",
    line("accuracy", ["", "", round(accuracy), support]),
    row("macro avg", macro, support),
    row("weighted avg", weighted, support),
  ].join("");
}

/** To two digits; halves, which only odd eighths are, to the even one. */
function round(share: number): string {
  const isHalf = (share * 8) % 2 === 1;
  return (isHalf ? (2 * Math.round(share * 50)) / 100 : share).toFixed(2);
}
