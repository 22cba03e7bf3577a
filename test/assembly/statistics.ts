/** Sample statistics in double precision. */

export function mean(x: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i] as number;
  return total / x.length;
}

export function deviation(x: ArrayLike<number>): number {
  return Math.sqrt(covariance(x, x));
}

/** Pearson's. Of independent samples it has the deviation 1 / √n. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return covariance(x, y) / (deviation(x) * deviation(y));
}

function covariance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [xMean, yMean] = [mean(x), mean(y)];
  let total = 0;
  for (let i = 0; i < x.length; i++) total += ((x[i] as number) - xMean) * ((y[i] as number) - yMean);
  return total / x.length;
}
