/** What tells how numbers are spread. */

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}

/** Pearson's coefficient. Of independent numbers its standard error is one over the root of their count. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [aMean, bMean] = [meanOf(a), meanOf(b)];
  const products = a.map((value, i) => (value - aMean) * ((b[i] as number) - bMean));
  return meanOf(products) / (deviationOf(a) * deviationOf(b));
}
