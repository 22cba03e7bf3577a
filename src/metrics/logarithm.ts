/**
 * ln x for a positive finite x, to about one unit in the last place; the same on every engine, which Math.log is not.
 *
 * x = m · 2^k with m in [√½, √2); ln m = 2 artanh((m - 1) / (m + 1)), by its series.
 */
export function logarithm(x: number): number {
  let mantissa = x;
  let exponent = 0;
  for (; mantissa >= Math.SQRT2; mantissa /= 2) exponent++;
  for (; mantissa < Math.SQRT1_2; mantissa *= 2) exponent--;
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = sum * square + 1 / n;
  return exponent * Math.LN2 + 2 * ratio * sum;
}
