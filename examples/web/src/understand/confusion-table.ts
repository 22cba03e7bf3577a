/** The confusion matrix: a table of buttons, through which the arrow keys lead. */
import { make } from "../page/dom.js";

const CLASSES = 10;
const ARROWS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -CLASSES,
  ArrowDown: CLASSES,
};

export interface ConfusionTable {
  show(counts: readonly (readonly number[])[]): void;
  /** Marks a cell as chosen, or none. */
  mark(actual: number, predicted: number): void;
}

export function makeConfusionTable(
  table: HTMLTableElement,
  onChoose: (actual: number, predicted: number) => void,
): ConfusionTable {
  const buttons: HTMLButtonElement[] = [];
  const digits = Array.from({ length: CLASSES }, (_, digit) => digit);
  const corner = make("td");
  const head = make("tr", {}, corner, ...digits.map((digit) => make("th", { scope: "col" }, `${digit}`)));
  const rows = digits.map((actual) => {
    const cells = digits.map((predicted) => {
      const button = make("button", { type: "button", onclick: () => onChoose(actual, predicted) }, "·");
      button.dataset.kind = "none";
      button.ariaLabel = `${actual} taken for ${predicted}`;
      button.tabIndex = buttons.length === 0 ? 0 : -1;
      buttons.push(button);
      return make("td", {}, button);
    });
    return make("tr", {}, make("th", { scope: "row" }, `${actual}`), ...cells);
  });
  table.append(make("thead", {}, head), make("tbody", {}, ...rows));

  table.addEventListener("keydown", (event) => {
    const from = buttons.indexOf(event.target as HTMLButtonElement);
    const step = ARROWS[event.key];
    if (from < 0 || step === undefined) return;
    event.preventDefault();
    const sameRow = Math.floor((from + step) / CLASSES) === Math.floor(from / CLASSES);
    if (Math.abs(step) === CLASSES || sameRow) focus(buttons[from + step]);
  });

  function focus(button: HTMLButtonElement | undefined): void {
    if (!button) return;
    for (const other of buttons) other.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
  }

  return {
    show(counts) {
      const most = Math.max(1, ...counts.flatMap((row, actual) => row.filter((_, predicted) => predicted !== actual)));
      buttons.forEach((button, place) => {
        const [actual, predicted] = [Math.floor(place / CLASSES), place % CLASSES];
        const row = counts[actual] ?? [];
        const count = row[predicted] ?? 0;
        const total = row.reduce((sum, value) => sum + value, 0);
        const isHit = actual === predicted;
        button.textContent = count === 0 ? "·" : `${count}`;
        button.ariaLabel = isHit
          ? `${count} of ${total}: ${actual} known`
          : `${count}: ${actual} taken for ${predicted}`;
        button.dataset.kind = count === 0 ? "none" : isHit ? "hit" : "miss";
        button.style.setProperty("--share", `${isHit ? count / Math.max(total, 1) : count / most}`);
        button.ariaDisabled = `${count === 0}`;
      });
    },
    mark(actual, predicted) {
      buttons.forEach((button, place) => {
        button.ariaPressed = `${place === actual * CLASSES + predicted}`;
      });
    },
  };
}
