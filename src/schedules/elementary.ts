/** Elementary functions on the host in double precision, with the same bits in every engine: Math.cos and Math.pow differ. */

/** base^exponent, by squaring where the exponent is an integer of at least 0; NaN for other powers of a negative base. */
export function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent) || exponent < 0) return exponential(exponent * logarithm(base));
  let result = 1;
  for (let square = base, rest = exponent; rest > 0; rest = Math.floor(rest / 2), square *= square) {
    if (rest % 2 === 1) result *= square;
  }
  return result;
}

/** cos(π · turns), `turns` being half turns. */
export function cosinePi(turns: number): number {
  // To [0, ½], by symmetries that are exact
  const folded = Math.abs(turns) % 2;
  const mirrored = folded > 1 ? 2 - folded : folded;
  if (mirrored > 0.5) return -cosinePi(1 - mirrored);
  // cos x = sin(½π - x) where that is closer to 0
  return mirrored > 0.25 ? sineSeries(Math.PI * (0.5 - mirrored)) : cosineSeries(Math.PI * mirrored);
}

/** Taylor's series for |x| ≤ ¼π, to x^17. */
function sineSeries(x: number): number {
  return x * alternating(x * x, [272, 210, 156, 110, 72, 42, 20, 6]);
}

/** Taylor's series for |x| ≤ ¼π, to x^18. */
function cosineSeries(x: number): number {
  return alternating(x * x, [306, 240, 182, 132, 90, 56, 30, 12, 2]);
}

/** 1 - y/d (1 - y/d' (1 - …)), the last divisor first. */
function alternating(y: number, divisors: readonly number[]): number {
  return divisors.reduce((inner, divisor) => 1 - (y / divisor) * inner, 1);
}

/** ln x: n · ln 2 + 2 · artanh((f - 1) / (f + 1)) with x = 2^n · f, f in [√½, √2]. */
function logarithm(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x < 0 ? NaN : x;
  let [n, f] = [0, x];
  for (; f > Math.SQRT2; f /= 2) n++;
  for (; f < Math.SQRT1_2; f *= 2) n--;
  const s = (f - 1) / (f + 1);
  let sum = 0;
  for (let odd = 23; odd >= 1; odd -= 2) sum = 1 / odd + sum * s * s;
  return n * Math.LN2 + 2 * s * sum;
}

/** e^x: 2^n times Taylor's series for what is left, at most ½ ln 2. */
function exponential(x: number): number {
  if (!(Math.abs(x) < 800)) return x > 0 ? Infinity : x < 0 ? 0 : x;
  const n = Math.round(x / Math.LN2);
  const rest = x - n * Math.LN2;
  let sum = 1;
  for (let k = 15; k >= 1; k--) sum = 1 + (rest / k) * sum;
  return n < 0 ? sum / power(2, -n) : sum * power(2, n);
}
