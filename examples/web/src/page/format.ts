/** Numbers as text. */

export function percent(share: number, digits = 0): string {
  return `${(share * 100).toFixed(digits)} %`;
}

const grouped = new Intl.NumberFormat("en");

export function integer(value: number): string {
  return grouped.format(Math.round(value));
}

export function seconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} s` : `${Math.round(value)} s`;
}

export function bytes(value: number): string {
  return value < 1e6 ? `${Math.round(value / 1000)} KB` : `${(value / 1e6).toFixed(1)} MB`;
}
