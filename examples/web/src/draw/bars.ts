/** Ten bars: how likely the network finds each digit. */
import { make } from "../page/dom.js";
import { percent } from "../page/format.js";

/** @returns A function that shows ten probabilities, or none. */
export function makeBars(list: HTMLElement): (probabilities: Float32Array | undefined) => void {
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const fill = make("span", { className: "bar-fill" });
    const value = make("span", { className: "bar-value" }, "–");
    const track = make("span", { className: "bar-track" }, fill);
    track.setAttribute("aria-hidden", "true");
    const item = make("li", { className: "bar" }, make("span", { className: "bar-digit" }, `${digit}`), track, value);
    list.append(item);
    return { item, fill, value };
  });
  return (probabilities) => {
    const best = probabilities ? largestIndex(probabilities) : -1;
    rows.forEach(({ item, fill, value }, digit) => {
      const share = probabilities?.[digit] ?? 0;
      item.classList.toggle("is-best", digit === best);
      fill.style.transform = `scaleX(${share})`;
      value.textContent = probabilities ? percent(share) : "–";
    });
  };
}

export function largestIndex(values: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] as number) > (values[best] as number)) best = index;
  }
  return best;
}
