/** W8: how the time of lanewise grows with samples, width and batch size, how much memory it takes, and whether it tires. */
import { firstDigits } from "./data.mjs";
import { ask, close, interleave, open } from "./interleave.mjs";
import { format, median } from "./statistics.mjs";

/** Epochs before the timing, for the engine to compile. */
const WARM_UP = 5;

const powersOfTwo = (from, to) => Array.from({ length: Math.log2(to / from) + 1 }, (_, i) => from * 2 ** i);

export async function benchGrowth({ id, network }, { data, repetitions, quick }) {
  const digits = { network, train: data.train, epochs: 1 };
  const rows = data.train.labels.length;
  const groups = {
    samples: [1000, 6500, 60000].map((samples) => ({
      name: format(samples),
      request: { network: { ...network, bytes: true }, train: firstDigits(samples), epochs: 2 },
      work: samples,
    })),
    width: powersOfTwo(32, quick ? 512 : 2048).map((width) => {
      const widths = [784, width, width / 2, 10];
      return { name: widths.join("-"), request: { ...digits, network: { ...network, widths } }, work: rows, widths };
    }),
    batch: powersOfTwo(1, 1024).map((batchSize) => ({
      name: `${batchSize}`,
      request: { ...digits, network: { ...network, batchSize } },
      work: rows,
    })),
    "long run": [
      { name: "epoch 2", request: { ...digits, fresh: true }, work: rows },
      { name: "epoch 100", request: digits, work: rows, before: 99 },
    ],
  };
  const results = {};
  for (const [group, cases] of Object.entries(groups)) {
    const contenders = await open(cases.map((each) => ({ peer: "lanewise", ...each })));
    for (const contender of contenders) await ask(contender, "train", { epochs: contender.before ?? WARM_UP });
    await interleave(contenders, repetitions);
    results[group] = close(contenders);
  }
  return { id, title: `${id}: growth, one epoch of lanewise`, groups: results };
}

export function printGrowth({ title, groups }) {
  console.log(`\n${title}\n`);
  console.log(
    "| | | µs per sample | ns per sample and 1,000 weights | to its best | to the one before | peak memory |",
  );
  console.log("|---|---|--:|--:|--:|--:|--:|");
  for (const [group, cases] of Object.entries(groups)) {
    const costs = cases.map(cost);
    for (const [i, { name, samples, failure, work, widths }] of cases.entries()) {
      if (failure) {
        console.log(`| ${group} | ${name} | failed: ${failure} |`);
        continue;
      }
      const perSample = (median(samples.map(({ seconds }) => seconds)) / work) * 1e6;
      const cells = [
        format(perSample),
        widths ? format((perSample / weightsOf(widths)) * 1e6) : "",
        format(costs[i] / Math.min(...costs.filter(Number.isFinite))),
        i > 0 ? format(costs[i] / costs[i - 1]) : "",
        `${Math.round(Math.max(...samples.map(({ peakMemory }) => peakMemory)) / 1e6)} MB`,
      ];
      console.log(`| ${group} | ${name} | ${cells.join(" | ")} |`);
    }
  }
}

/** Per sample, and for networks of several widths also per weight. */
function cost({ samples, work, widths }) {
  if (samples.length === 0) return Number.NaN;
  return median(samples.map(({ seconds }) => seconds)) / work / (widths ? weightsOf(widths) : 1);
}

function weightsOf(widths) {
  return widths.slice(1).reduce((sum, units, i) => sum + units * (widths[i] + 1), 0);
}
