/** Images of digits with what they are, what they are taken for, and how sure the model is. */
import { type Digits, imageOf } from "../digits/digits.js";
import { digitCanvas } from "../page/digit-canvas.js";
import { make } from "../page/dom.js";
import { percent } from "../page/format.js";
import type { Verdict } from "./verdicts.js";

export function showGallery(list: HTMLElement, digits: Digits, verdicts: readonly Verdict[]): void {
  list.replaceChildren(
    ...verdicts.map(({ index, actual, predicted, sure }) => {
      const label = `A ${actual}, taken for a ${predicted}, ${percent(sure)} sure`;
      const caption = actual === predicted ? `${actual}` : `${actual} → ${predicted}`;
      const text = make("span", {}, caption);
      text.setAttribute("aria-hidden", "true");
      const note = make("span", { className: "muted" }, percent(sure));
      note.setAttribute("aria-hidden", "true");
      return make("li", {}, digitCanvas(imageOf(digits, index), label), text, note);
    }),
  );
}
