/** Markdown tables of contenders, each against lanewise. */
import { format, median, ratios, times } from "./statistics.mjs";

const REFERENCE = "lanewise";

/** One row per contender: median, range, and how much faster lanewise is, by medians and within rounds. */
export function printComparison({ title, unit, rows, contenders, learnedEpochs }) {
  const inUnit = { s: (s) => s, ms: (s) => s * 1e3, µs: (s) => s * 1e6, "samples/s": (s) => rows / s }[unit];
  const reference = contenders.find(({ name }) => name === REFERENCE);
  const accuracy = learnedEpochs ? ` accuracy after ${learnedEpochs} epochs: training, test |` : "";
  console.log(`\n${title}\n`);
  const last = contenders.some(({ afterEmpty }) => afterEmpty) ? "ms after an empty Node" : "processor";
  console.log(`| | ${unit} | range | lanewise is | in pairs | ${last} |${accuracy}`);
  console.log(`|---|--:|---|--:|--:|--:|${accuracy && "---|"}`);
  for (const contender of contenders) {
    const { name, failure, samples, trainAccuracy, testAccuracy } = contender;
    if (failure) {
      console.log(`| ${name} | failed: ${failure.replaceAll("|", "/")} |`);
      continue;
    }
    const values = samples.map(({ seconds }) => inUnit(seconds));
    const against = contender === reference ? undefined : compare(contender, reference);
    const cells = [
      format(median(values)),
      `${format(Math.min(...values))} to ${format(Math.max(...values))}`,
      against ? times(against.ofMedians) : "",
      against ? times(against.paired) : "",
      contender.afterEmpty?.toFixed(0) ?? `${Math.round(100 * median(samples.map((s) => s.cpuSeconds / s.seconds)))} %`,
    ];
    if (learnedEpochs) cells.push([trainAccuracy, testAccuracy].filter(Boolean).map(percent).join(", "));
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  }
}

/** How many times faster lanewise is than each peer, everywhere. */
export function printSummary(results) {
  const compared = results.filter(({ contenders }) => contenders);
  if (compared.length === 0) return;
  const names = [...new Set(compared.flatMap(({ contenders }) => contenders.map(({ name }) => name)))];
  console.log("\nlanewise is so many times faster (ratio of medians)\n");
  console.log(`| against | ${compared.map(({ id }) => id).join(" | ")} |`);
  console.log(`|---|${"--:|".repeat(compared.length)}`);
  for (const name of names) {
    if (name === REFERENCE) continue;
    const cells = compared.map(({ contenders }) => {
      const against = compare(...[name, REFERENCE].map((wanted) => contenders.find((each) => each.name === wanted)));
      return against ? times(against.ofMedians) : "-";
    });
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  }
}

/** The versions of all that has been measured. */
export function printVersions(results) {
  const all = Object.assign(
    {},
    ...results.flatMap(({ contenders = [] }) => contenders.map(({ versions }) => versions)),
  );
  console.log(
    `\n${Object.entries(all)
      .map((entry) => entry.join(" "))
      .join(", ")}`,
  );
}

/** undefined where one of them was not measured to the end. */
function compare(contender, reference) {
  if (!contender || !reference || contender.failure || reference.failure) return;
  const [a, b] = [contender, reference].map(({ samples }) => samples.map(({ seconds }) => seconds));
  return ratios(a, b);
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
