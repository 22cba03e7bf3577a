/** Numbers as they stand in sentences. */
import type { Summary } from "../study/statistics.js";

export function percent(share: number, digits = 2): string {
  return (share * 100).toFixed(digits);
}

/** `95.21 ± 0.34 %`; the 95 % interval is left out where one run knows nothing of it. */
export function meanPercent(summary: Summary | undefined): string {
  if (!summary) return "–";
  const { mean, interval } = summary;
  return interval ? `${percent(mean)} ± ${percent((interval[1] - interval[0]) / 2)} %` : `${percent(mean)} %`;
}

/** `95.21 %` */
export function mean(summary: Summary | undefined): string {
  return summary ? `${percent(summary.mean)} %` : "–";
}

/** `± 0.34, `, or nothing where one run knows nothing of it. */
export function halfInterval(summary: Summary | undefined): string {
  const interval = summary?.interval;
  return interval ? `± ${percent((interval[1] - interval[0]) / 2)}, ` : "";
}

/** Percentage points: `0.42`. */
export function points(difference: number): string {
  return (difference * 100).toFixed(2);
}

export function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** `3 runs`, `1 run`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

export function seconds(value: number): string {
  if (value < 0.9995) return `${Math.round(value * 1000)} ms`;
  return `${value < 99.5 ? value.toPrecision(3) : Math.round(value)} s`;
}

export function microseconds(value: number): string {
  return `${value < 99.5 ? value.toPrecision(2) : Math.round(value)} µs`;
}

/** A p-value to be read. */
export function probability(p: number): string {
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}
