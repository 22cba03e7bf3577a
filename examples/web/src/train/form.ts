/** The form of settings: its choices, and what has been chosen. */
import { byId, make } from "../page/dom.js";
import { percent } from "../page/format.js";
import { ACTIVATIONS, LEARNING_RATES, OPTIMIZERS, type OptimizerName, type Settings } from "./settings.js";

const MOST_LAYERS = 4;
const WIDEST = 1024;
const NEW_WIDTH = 64;
const OPTIMIZER_LABELS: Readonly<Record<OptimizerName, string>> = {
  adam: "Adam",
  adamw: "AdamW",
  nadam: "Nadam",
  rmsprop: "RMSprop",
  lion: "Lion",
  sgd: "SGD",
  momentum: "SGD, Nesterov 0.9",
};

/** @returns A function that reads the settings; the form's own checks have passed when it is called at its submit. */
export function makeForm(): () => Settings {
  const activation = byId("activation", HTMLSelectElement);
  const optimizer = byId("optimizer", HTMLSelectElement);
  const learningRate = byId("learning-rate", HTMLInputElement);
  const dropout = byId("dropout", HTMLInputElement);
  const widths = makeWidths();
  activation.append(...ACTIVATIONS.map((name) => new Option(name, name)));
  optimizer.append(...OPTIMIZERS.map((name) => new Option(OPTIMIZER_LABELS[name], name)));

  const chosenOptimizer = (): OptimizerName => optimizer.value as OptimizerName;
  optimizer.addEventListener("change", () => {
    learningRate.value = `${LEARNING_RATES[chosenOptimizer()]}`;
  });
  const shownDropout = byId("dropout-value", HTMLOutputElement);
  dropout.addEventListener("input", () => {
    shownDropout.value = percent(dropout.valueAsNumber);
  });

  return () => ({
    activation: activation.value as Settings["activation"],
    widths: widths(),
    optimizer: chosenOptimizer(),
    learningRate: learningRate.valueAsNumber,
    batchSize: Number(byId("batch-size", HTMLSelectElement).value),
    dropout: dropout.valueAsNumber,
    epochs: byId("epochs", HTMLInputElement).valueAsNumber,
    seed: 1,
  });
}

/** One field of width for each hidden layer. @returns A function that reads them. */
function makeWidths(): () => number[] {
  const group = byId("widths", HTMLElement);
  const more = byId("add-layer", HTMLButtonElement);
  const less = byId("remove-layer", HTMLButtonElement);
  const fields: HTMLInputElement[] = [];

  function add(width: number): void {
    const field = make("input", { type: "number", min: "1", max: `${WIDEST}`, required: true, value: `${width}` });
    field.ariaLabel = `Width of hidden layer ${fields.length + 1}`;
    fields.push(field);
    group.append(field);
    update();
  }

  function update(): void {
    more.disabled = fields.length === MOST_LAYERS;
    less.disabled = fields.length === 1;
  }

  more.addEventListener("click", () => add(NEW_WIDTH));
  less.addEventListener("click", () => {
    fields.pop()?.remove();
    update();
  });
  add(128);
  return () => fields.map(({ valueAsNumber }) => valueAsNumber);
}
