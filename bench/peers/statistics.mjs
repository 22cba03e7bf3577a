/** Medians and ratios of interleaved samples. */

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How many times as long `a` takes as `b`: by their medians, and by the median of the ratios within each round. */
export function ratios(a, b) {
  return { ofMedians: median(a) / median(b), paired: median(a.map((value, round) => value / b[round])) };
}

/** Three significant digits: 0.0834, 12.3, 281,000. */
export function format(value) {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

export const times = (ratio) => `${format(ratio)}x`;
