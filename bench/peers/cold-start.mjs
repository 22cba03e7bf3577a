/** W5: whole processes, from their start to their end right after the first prediction or the first epoch. */
import { spawnSync } from "node:child_process";
import { devNull } from "node:os";
import { fileURLToPath } from "node:url";
import { commandOf, reasonIn } from "./session.mjs";
import { median } from "./statistics.mjs";

const LEAN = {
  name: "lanewise/lean, bundled",
  command: process.execPath,
  parameters: [fileURLToPath(new URL("build/lean.mjs", import.meta.url))],
};
const EMPTY = { name: "empty Node", command: process.execPath, parameters: [devNull] };
/** What cold.mjs ends with when the library cannot do it. */
const UNSUPPORTED = 3;

export function benchColdStart({ id, network }, { peers, data, repetitions }) {
  const row = { ...data.test.x, length: network.widths[0] };
  return [
    { what: "first prediction", request: { network, x: row, rows: 1, calls: 1 } },
    { what: "end of the first epoch", request: { network, train: data.train, epochs: 1 } },
  ].map(({ what, request }) => {
    const contenders = [
      ...peers.map((peer) => ({ name: peer, ...commandOf(peer, JSON.stringify(request)) })),
      ...(request.train ? [] : [LEAN]),
      EMPTY,
    ].map((contender) => ({ ...contender, samples: [] }));
    for (let round = 0; round < repetitions; round++) {
      for (const contender of contenders) if (!contender.failure) contender.samples.push(run(contender));
      process.stderr.write(".");
    }
    process.stderr.write("\n");
    return {
      id: `${id} ${what}`,
      title: `${id}: a whole process, to the ${what}`,
      unit: "ms",
      contenders: contenders.filter(({ unsupported }) => !unsupported).map((each) => compare(each, contenders.at(-1))),
    };
  });
}

function compare({ name, failure, samples }, empty) {
  if (failure) return { name, failure, samples: [] };
  const later = samples.map(({ seconds }, round) => (seconds - empty.samples[round].seconds) * 1000);
  return { name, samples, afterEmpty: median(later) };
}

function run(contender) {
  const { command, parameters, env } = contender;
  const begin = performance.now();
  const { status, error, stderr } = spawnSync(command, parameters, { env, stdio: ["ignore", "ignore", "pipe"] });
  const seconds = (performance.now() - begin) / 1000;
  if (status === 0) return { seconds };
  if (status === UNSUPPORTED) contender.unsupported = true;
  contender.failure = reasonIn(`${error ?? stderr}`);
}
