/** `npm run bench:peers`: lanewise side by side with other libraries, interleaved, on one core. See README.md. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { benchColdStart } from "./cold-start.mjs";
import { makeData, makeWeights } from "./data.mjs";
import { benchGrowth, printGrowth } from "./growth.mjs";
import { describeMachine, pinToCore } from "./machine.mjs";
import { benchMatmul, printMatmul } from "./matmul.mjs";
import { readOptions } from "./options.mjs";
import { benchPrediction } from "./prediction.mjs";
import { prepare } from "./prepare.mjs";
import { printComparison, printSummary, printVersions } from "./report.mjs";
import { listPeers } from "./session.mjs";
import { benchTraining } from "./training.mjs";
import { workloads } from "./workloads.mjs";

const benches = {
  training: { run: benchTraining, print: printComparison },
  prediction: { run: benchPrediction, print: printComparison },
  coldStart: { run: benchColdStart, print: printComparison },
  matmul: { run: benchMatmul, print: printMatmul },
  growth: { run: benchGrowth, print: printGrowth },
};

const options = readOptions({ workloads: workloads.map(({ id }) => id), peers: listPeers() });
if (options.build) await prepare();
const machine = { ...describeMachine(), pinnedToCore: pinToCore(options.core) };
console.log(
  Object.entries(machine)
    .map(([key, value]) => `${key}: ${value ?? "-"}`)
    .join(", "),
);

const data = await makeData();
const results = [];
for (const workload of workloads) {
  if (!options.only.includes(workload.id)) continue;
  console.error(workload.id);
  const { run, print } = benches[workload.kind];
  const weights = workload.kind === "prediction" ? await makeWeights(workload.network, data.train) : undefined;
  for (const result of [await run(workload, { ...options, data, weights })].flat()) {
    results.push(result);
    print(result);
  }
  save();
}
printSummary(results);
printVersions(results);

/** After every workload, so that an interrupted run leaves something. */
function save() {
  const folder = fileURLToPath(new URL("build/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(options.json ?? `${folder}results.json`, JSON.stringify({ machine, options, results }, undefined, 1));
}
