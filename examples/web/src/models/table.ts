/** The table of models: what each was told, how well it does, and what can be done with it. */
import { make } from "../page/dom.js";
import { percent, seconds } from "../page/format.js";
import { describeLayers } from "../train/settings.js";
import { type ModelRecord, SHIPPED } from "./store.js";

export interface TableActions {
  use(record: ModelRecord): void;
  remove(record: ModelRecord): void;
}

export function showModels(
  body: HTMLElement,
  records: readonly ModelRecord[],
  current: string | undefined,
  actions: TableActions,
): void {
  body.replaceChildren(...records.map((record) => makeRow(record, record.name === current, actions)));
}

function makeRow(record: ModelRecord, isCurrent: boolean, { use, remove }: TableActions): HTMLTableRowElement {
  const { name, run, accuracy } = record;
  const settings = run?.settings;
  const texts = [
    accuracy === undefined ? "" : percent(accuracy, 2),
    settings ? describeLayers(settings) : "",
    settings?.optimizer ?? "",
    settings ? `${settings.learningRate}` : "",
    settings ? `${settings.batchSize}` : "",
    settings ? percent(settings.dropout) : "",
    run ? `${+run.epochs.toFixed(1)}` : "",
    run ? seconds(run.seconds) : "",
  ];
  const heading = make("th", { scope: "row" }, name);
  const cells = texts.map((text, index) =>
    make("td", { className: index === 0 || index > 2 ? "number" : "" }, text || "–"),
  );
  const buttons = make("div", { className: "row" });
  buttons.append(
    isCurrent ? make("span", { className: "muted" }, "in use") : button("Use", `Use ${name}`, () => use(record)),
  );
  if (name !== SHIPPED) buttons.append(button("Delete", `Delete ${name}`, () => remove(record)));
  const row = make("tr", { className: isCurrent ? "is-current" : "" }, heading, ...cells, make("td", {}, buttons));
  return row;
}

function button(text: string, label: string, onClick: () => void): HTMLButtonElement {
  const element = make("button", { type: "button", className: "small", onclick: onClick }, text);
  element.ariaLabel = label;
  return element;
}
