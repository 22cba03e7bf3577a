/** The command line of run.mjs. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

const usage = `npm run bench:peers -- [options]
  --only W1,W4            these workloads; all: W1 to W8
  --peers lanewise,torch  these peers (files in bench/peers/peers)
  --repetitions 7         rounds, each peer once in every round
  --core 1                the core to pin to; default: the last
  --json FILE             where to write all samples; default: bench/peers/build/results.json
  --no-build              take node_modules, build/ and dist/ as they are
  --quick                 few repetitions and epochs: to see that all work`;

/** @param known The workloads and peers there are. Ends the process with the usage when something is wrong. */
export function readOptions(known) {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: "string", default: known.workloads.join(",") },
        peers: { type: "string", default: known.peers.join(",") },
        repetitions: { type: "string" },
        core: { type: "string", default: `${availableParallelism() - 1}` },
        json: { type: "string" },
        "no-build": { type: "boolean", default: false },
        quick: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) throw new Error("usage:");
    const { quick } = values;
    return {
      only: chosen(values.only, known.workloads),
      peers: chosen(values.peers, known.peers),
      repetitions: positive(values.repetitions ?? (quick ? "3" : "7")),
      core: values.core,
      json: values.json,
      build: !values["no-build"],
      quick,
      epochs: quick ? 1 : 2,
      learn: quick ? { epochs: 3, accuracy: 0.8 } : { epochs: 10, accuracy: 0.9 },
    };
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(1);
  }
}

function chosen(text, known) {
  const wanted = text.split(",");
  const stranger = wanted.find((name) => !known.includes(name));
  if (stranger !== undefined) throw new Error(`unknown: ${stranger}; known: ${known.join(", ")}`);
  return known.filter((name) => wanted.includes(name));
}

function positive(text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--repetitions: expected 1 or more, got ${text}`);
  return number;
}
