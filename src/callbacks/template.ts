/** File names with figures in them, as Python's `str.format` writes them: `{epoch:02d}-{val_loss:.2f}`. */
import type { Logs } from "./callback.js";

/** A name, and behind a colon fill, width, precision and kind: `d`, `e`, `f`, `g` or `%`. */
const FIELD = /\{(?<name>[^{}:]*)(?::(?<spec>[^{}]*))?\}/g;
const SPEC = /^(?<zero>0?)(?<width>\d*)(?:\.(?<precision>\d+))?(?<kind>[defg%]?)$/;

/** @throws RangeError for a figure that is not there, or a format that is not known. */
export function fillTemplate(template: string, figures: Logs, where: string): string {
  return template.replace(FIELD, (field: string, name: string, spec = "") => {
    const value = figures[name];
    if (value === undefined) {
      const known = Object.keys(figures).join(", ");
      throw new RangeError(`${where}: ${template}: there is no figure '${name}'; there are: ${known}`);
    }
    const parts = SPEC.exec(spec)?.groups;
    if (!parts || (parts.kind === "d" && !Number.isInteger(value))) {
      throw new RangeError(`${where}: ${template}: cannot format ${value} as ${field}`);
    }
    const { zero, width, precision, kind } = parts;
    const text = formatNumber(value, kind, precision === undefined ? undefined : Number(precision));
    const sign = text.startsWith("-") ? "-" : "";
    return zero
      ? sign + text.slice(sign.length).padStart(Number(width) - sign.length, "0")
      : text.padStart(Number(width));
  });
}

function formatNumber(value: number, kind: string | undefined, precision: number | undefined): string {
  if (kind === "f") return value.toFixed(precision ?? 6);
  if (kind === "%") return `${(value * 100).toFixed(precision ?? 6)}%`;
  if (kind === "e") return formatExponential(value, precision ?? 6);
  if (kind === "g" || (kind === "" && precision !== undefined))
    return formatGeneral(value, Math.max(precision ?? 6, 1));
  return `${value}`;
}

/** With at least two digits in the exponent. */
export function formatExponential(value: number, digits: number): string {
  return value.toExponential(digits).replace(/e([+-])(\d)$/, "e$10$2");
}

/** So many significant digits, without zeros at the end. */
function formatGeneral(value: number, digits: number): string {
  const [fraction = "", exponent] = value.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  const text =
    power < -4 || power >= digits ? `${fraction}e${exponent}` : value.toFixed(Math.max(digits - 1 - power, 0));
  const bare = text.replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, "");
  return bare.replace(/e([+-])(\d)$/, "e$10$2");
}
