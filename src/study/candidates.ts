/** Configurations out of a space: all of them, or some drawn at random. */
import { LanewiseError } from "../errors.js";
import { randomIntegers } from "../random.js";
import { type Configuration, completeConfiguration, keyOf } from "./configuration.js";
import { type AxisName, isRange, isWhole, type Range, type Space } from "./space.js";

/** Random numbers of the host are drawn from streams of their own; see src/random.ts. */
const CANDIDATE_STREAM = 0xc000_0000;
/** How often in a row a configuration may be drawn that is there already before there seem to be no others. */
const MOST_REPEATS = 1000;

/** Every combination of values, the last setting changing fastest. @throws LanewiseError for a space with a range. */
export function listAll({ axes }: Space): Configuration[] {
  let all: Partial<Record<AxisName, unknown>>[] = [{}];
  for (const [name, values] of entries(axes)) {
    if (isRange(values)) {
      throw new LanewiseError(
        `${name}: a range has no end of values; expected a list, or a strategy that draws from it`,
      );
    }
    all = all.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value })));
  }
  return withoutTwins(all.map(toConfiguration));
}

/**
 * So many different configurations at random, or all where there are fewer: each value of a list is as likely as any other.
 *
 * @param set Which of several sets for one seed.
 */
export function draw({ axes }: Space, count: number, seed: number, set = 0): Configuration[] {
  const integers = randomIntegers(seed, CANDIDATE_STREAM, set);
  const drawn = new Map<string, Configuration>();
  for (let repeats = 0; drawn.size < count && repeats < MOST_REPEATS; ) {
    const settings = entries(axes).map(([name, values]) => [
      name,
      isRange(values) ? drawNumber(values, isWhole(name), integers) : values[integers.next(values.length)],
    ]);
    const configuration = toConfiguration(Object.fromEntries(settings));
    const key = keyOf(configuration);
    if (drawn.has(key)) repeats++;
    else repeats = 0;
    drawn.set(key, configuration);
  }
  return [...drawn.values()];
}

function drawNumber({ min, max, scale }: Range, whole: boolean, integers: { next(bound: number): number }): number {
  const share = integers.next(0xffff_ffff) / 0xffff_fffe;
  const value = scale === "log" ? min * (max / min) ** share : min + (max - min) * share;
  // A few digits are enough, and hide how the engine rounds powers
  const rounded = whole ? Math.round(value) : Number(value.toPrecision(4));
  return Math.min(max, Math.max(min, rounded));
}

/** Depth and width as layers. Those of depth 0 have no width, and no activation that matters. */
function toConfiguration({ depth, width, ...settings }: Partial<Record<AxisName, unknown>>): Configuration {
  const given = settings as Partial<Configuration>;
  if (depth === undefined && width === undefined) return completeConfiguration(given);
  const layers = Array.from({ length: (depth ?? 2) as number }, () => (width ?? 128) as number);
  return completeConfiguration({ ...given, layers });
}

function withoutTwins(configurations: readonly Configuration[]): Configuration[] {
  return [...new Map(configurations.map((one) => [keyOf(one), one])).values()];
}

function entries(axes: Space["axes"]) {
  return Object.entries(axes) as [AxisName, readonly unknown[] | Range][];
}
