/**
 * Fails when training or prediction has become so slow against plain JavaScript that no noise of the machine explains it:
 * the bounds are a third of what is usual.
 */
import { loadDigits, timeEpoch, timePrediction } from "./network.js";

const digits = await loadDigits();
const checks = [
  { what: "an epoch", timings: await timeEpoch(digits, 3), dense: 4, skipping: 2 },
  { what: "predicting one digit", timings: await timePrediction(digits, 1, 3, 500), dense: 6, skipping: 1.5 },
  { what: "predicting 1,000 digits", timings: await timePrediction(digits, 1000, 3, 2), dense: 5, skipping: 2 },
];
let slow = false;
for (const { what, timings, dense, skipping } of checks) {
  const [plain, sparse, own] = timings.map(({ seconds }) => seconds[0] ?? Number.NaN) as [number, number, number];
  const ratios = [plain / own, sparse / own] as const;
  console.log(
    `${what}: ${ratios.map((ratio) => `${ratio.toFixed(1)}x`).join(" and ")} (at least ${dense}x and ${skipping}x)`,
  );
  slow ||= !(ratios[0] >= dense && ratios[1] >= skipping);
}
process.exitCode = slow ? 1 : 0;
