/** From values to places on the paper. */

/** Where a value is. */
export type Scale = (value: number) => number;

export interface Tick {
  readonly value: number;
  readonly text: string;
}

type Pair = readonly [number, number];

export function linearScale([from, to]: Pair, [start, end]: Pair): Scale {
  const span = to - from || 1;
  return (value) => start + ((value - from) / span) * (end - start);
}

/** For values above 0. */
export function logScale([from, to]: Pair, range: Pair): Scale {
  const linear = linearScale([Math.log(from), Math.log(to)], range);
  return (value) => linear(Math.log(value));
}

/** Round numbers in a domain, about so many: multiples of 1, 2 or 5 times a power of ten. */
export function linearTicks([from, to]: Pair, count = 5): number[] {
  if (!(to > from)) return [from];
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // As a product of integers it has no tail of rounding errors
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Powers of ten in a domain, with their doubles and fives where there would be too few. */
export function logTicks([from, to]: Pair): number[] {
  const all = (factors: readonly number[]): number[] => {
    const ticks: number[] = [];
    for (let exponent = Math.floor(Math.log10(from)); exponent <= Math.ceil(Math.log10(to)); exponent++) {
      for (const factor of factors) {
        const value = Number((factor * 10 ** exponent).toPrecision(12));
        if (value >= from && value <= to) ticks.push(value);
      }
    }
    return ticks;
  };
  const powers = all([1]);
  return powers.length >= 3 ? powers : all([1, 2, 5]);
}

/** The least and the largest value, and a share of their distance more on both sides. */
export function extent(values: readonly number[], margin = 0.05): Pair {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const [least, largest] = [Math.min(...finite), Math.max(...finite)];
  const more = (largest - least || Math.abs(largest) * 0.1 || 1) * margin;
  return [least - more, largest + more];
}

/** The same by factors, for values above 0. */
export function logExtent(values: readonly number[], margin = 0.08): Pair {
  const [least, largest] = extent(
    values.filter((value) => value > 0).map((value) => Math.log(value)),
    margin,
  );
  return [Math.exp(least), Math.exp(largest)];
}

/** 1200 as 1.2k, 0.05 as 0.05. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (size >= 1e3) return `${Number((value / 1e3).toPrecision(3))}k`;
  return `${Number(value.toPrecision(3))}`;
}

/** Places at least `gap` apart, each as near to where it was wanted as their order lets it, within two ends. */
export function spread(places: readonly number[], gap: number, [low, high]: Pair): number[] {
  const order = places.map((_, index) => index).sort((a, b) => (places[a] as number) - (places[b] as number));
  const moved = [...places];
  let least = low;
  for (const index of order) {
    moved[index] = Math.max(moved[index] as number, least);
    least = (moved[index] as number) + gap;
  }
  let most = high;
  for (const index of [...order].reverse()) {
    moved[index] = Math.min(moved[index] as number, most);
    most = (moved[index] as number) - gap;
  }
  return moved;
}
