/** Timing contenders in turn, A B A B …, so that a machine that slows down slows them all: only ratios are to be trusted. */
import { Bench } from "tinybench";

export interface Contender {
  readonly name: string;
  /** What is timed, `calls` times in a row. */
  run(): unknown;
}

export interface Timing {
  readonly name: string;
  /** Seconds per call, one value per round, ascending. */
  readonly seconds: readonly number[];
  readonly median: number;
}

/** Times each contender once a round, `calls` calls at a time, after one round that does not count. */
export async function compare(contenders: readonly Contender[], rounds: number, calls: number): Promise<Timing[]> {
  const samples = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, { name, run }] of contenders.entries()) {
      const bench = new Bench({ time: 0, iterations: 1, warmup: false, retainSamples: true, throws: true });
      bench.add(name, async () => {
        for (let call = 0; call < calls; call++) await run();
      });
      const [task] = await bench.run();
      const result = task?.result;
      if (result?.state !== "completed") throw new Error(`${name} was not timed`);
      if (round >= 0) samples[index]?.push(result.latency.min / 1000 / calls);
    }
  }
  return contenders.map(({ name }, index) => {
    const seconds = (samples[index] ?? []).sort((a, b) => a - b);
    return { name, seconds, median: seconds[seconds.length >> 1] ?? 0 };
  });
}

/** Prints a line per contender: its median in the given unit, the range, and how much faster the last one is. */
export function printTimings(timings: readonly Timing[], unit: string, inUnit: (seconds: number) => number): void {
  const last = timings.at(-1);
  for (const timing of timings) {
    const [first = 0] = timing.seconds;
    const [low, high] = [inUnit(first), inUnit(timing.seconds.at(-1) ?? 0)].sort((a, b) => a - b);
    const ratio = timing === last ? "" : `  lanewise is ${(timing.median / (last?.median ?? 1)).toFixed(1)}x faster`;
    const range = `(${format(low ?? 0)} to ${format(high ?? 0)})`;
    console.log(
      `  ${timing.name.padEnd(16)}${format(inUnit(timing.median)).padStart(9)} ${unit} ${range.padEnd(20)}${ratio}`,
    );
  }
}

function format(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

/** @throws Error when the two differ by more than the tolerance, relative to the largest of `expected`. */
export function checkSame(what: string, actual: Float32Array, expected: Float32Array, tolerance: number): void {
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? Number.NaN))), 0);
  if (actual.length !== expected.length || !(worst <= tolerance * scale)) {
    throw new Error(`${what}: the two sides differ by ${worst}, of a largest value of ${scale}: nothing to compare`);
  }
}
