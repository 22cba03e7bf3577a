/** What there is to say about a saved model. */
import { describe, describeShape, sizeOf } from "../arrays.js";
import type { Sequential } from "../index.js";
import { classesOf } from "./classifier.js";
import { wrap } from "./help.js";
import { formatCount, formatFile } from "./tables.js";
import type { Style } from "./terminal.js";

export function summarizeModel(model: Sequential): string {
  const inputShape = model.inputShape ?? [];
  const parameters = model.weights(inputShape).reduce((count, { shape }) => count + sizeOf(shape), 0);
  const shapes = `${describeShape(inputShape)} to ${describeShape(model.outputShape(inputShape))}`;
  return `${shapes}, ${formatCount(parameters)} parameters`;
}

/** Layers, and what `compile` was given, with all its settings. */
export function renderModel(path: string, model: Sequential, style: Style): string[] {
  const { optimizer, loss, metrics } = model;
  const lines = [formatFile("Model", path, summarizeModel(model), style), ""];
  model.summary((text) => lines.push(...text.split("\n")));
  lines.push("");
  const section = (title: string, text: string): void => {
    wrap(text, 80 - INDENT).forEach((line, index) => {
      lines.push(
        (index === 0 ? style.bold(title) : " ".repeat(title.length)) + " ".repeat(INDENT - title.length) + line,
      );
    });
  };
  if (optimizer && loss) {
    section("Optimizer", describeMember(optimizer.className, optimizer.config));
    section("Loss", describeMember(loss.name, loss.config));
    section("Metrics", metrics.map(({ name }) => name).join(", ") || "none");
  } else {
    section("Training", "it was saved without an optimizer and a loss that are known here");
  }
  const classes = classesOf(model);
  if (classes) section("Classes", listClasses(classes));
  return lines;
}

/** Of the titles' column. */
const INDENT = "Optimizer".length + 2;
const MOST_CLASSES = 40;

function describeMember(name: string, config: Readonly<Record<string, unknown>>): string {
  // No-break spaces keep a setting and its value on one line
  const settings = Object.entries(config).map(([key, value]) => `${key}\u00a0${describeSetting(value)}`);
  return [name, ...settings].join(", ");
}

function describeSetting(value: unknown): string {
  const { className } = (value ?? {}) as { readonly className?: unknown };
  return typeof className === "string" ? className : describe(value);
}

function listClasses(classes: readonly number[]): string {
  const more = classes.length - MOST_CLASSES;
  return classes.slice(0, MOST_CLASSES).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
