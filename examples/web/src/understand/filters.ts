/** What each unit of the first layer multiplies the pixels with. */
import { showSigned } from "../page/digit-canvas.js";
import { byId, make } from "../page/dom.js";

const FEW = 48;

/** @returns A function that shows the filters of a model, or that its first layer has none. */
export function startFilters(): (filters: readonly Float32Array[] | undefined) => void {
  const list = byId("filters", HTMLElement);
  const all = byId("all-filters", HTMLButtonElement);
  let shown: readonly Float32Array[] = [];

  function append(from: number, to: number): void {
    const items = shown.slice(from, to).map((filter, index) => {
      const canvas = make("canvas");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `Unit ${from + index + 1}`);
      showSigned(canvas, filter);
      return make("li", {}, canvas);
    });
    list.append(...items);
  }

  all.addEventListener("click", () => {
    all.hidden = true;
    append(FEW, shown.length);
  });
  return (filters) => {
    shown = filters ?? [];
    list.replaceChildren(...(filters ? [] : [make("li", { className: "fine" }, "The first layer has no weights.")]));
    append(0, FEW);
    all.hidden = shown.length <= FEW;
    all.textContent = `Show all ${shown.length}`;
  };
}
