/** The third part of the page: where the model in use is right and wrong, and what it looks for. */
import type { Digits } from "../digits/digits.js";
import { byId } from "../page/dom.js";
import { integer, percent } from "../page/format.js";
import type { TestResult } from "../worker/protocol.js";
import { makeConfusionTable } from "./confusion-table.js";
import { showGallery } from "./gallery.js";
import { countConfusions, readVerdicts, type Verdict, worstMistakes } from "./verdicts.js";

/** As many images as are shown at once. */
const MOST = 48;
const WORST = 24;

/** @returns A function that shows the result of a test. */
export function startUnderstanding(): (digits: Digits, result: TestResult) => void {
  const title = byId("cell-title", HTMLElement);
  const note = byId("cell-note", HTMLElement);
  const gallery = byId("gallery", HTMLElement);
  const worst = byId("worst", HTMLButtonElement);
  let digits: Digits | undefined;
  let verdicts: readonly Verdict[] = [];
  const table = makeConfusionTable(byId("confusion", HTMLTableElement), showCell);
  worst.addEventListener("click", () => {
    showWorst();
    title.scrollIntoView({ block: "nearest" });
  });

  function showCell(actual: number, predicted: number): void {
    const chosen = verdicts.filter((verdict) => verdict.actual === actual && verdict.predicted === predicted);
    if (!digits || chosen.length === 0) return;
    table.mark(actual, predicted);
    title.textContent = actual === predicted ? `${actual}, known` : `${actual}, taken for ${predicted}`;
    const most = chosen.length > MOST ? `, ${MOST} of ${chosen.length}` : "";
    note.textContent = actual === predicted ? `The least sure first${most}.` : `The surest first${most}.`;
    const direction = actual === predicted ? 1 : -1;
    const sorted = chosen.sort((a, b) => direction * (a.sure - b.sure));
    showGallery(gallery, digits, sorted.slice(0, MOST));
    worst.hidden = false;
  }

  function showWorst(): void {
    if (!digits) return;
    table.mark(-1, -1);
    title.textContent = "Worst mistakes";
    note.textContent = "The true digit, what the model says, and how sure it is.";
    showGallery(gallery, digits, worstMistakes(verdicts).slice(0, WORST));
    worst.hidden = true;
  }

  return (nextDigits, result) => {
    digits = nextDigits;
    verdicts = readVerdicts(digits, result);
    table.show(countConfusions(verdicts));
    showWorst();
    const { length } = result.indices;
    byId("test-line", HTMLElement).textContent =
      `${percent(result.accuracy, 1)} of ${integer(length)} digits that no training has seen: ` +
      `${integer(length * (1 - result.accuracy))} mistakes.`;
  };
}
