/** W4: prediction of one sample and of many, results copied out, after all have shown that they predict the same. */
import { ask, close, fail, interleave, open } from "./interleave.mjs";

const CHECKED_ROWS = 100;
const TOLERANCE = 1e-3;

export async function benchPrediction({ id, network }, { peers, data, weights, repetitions, quick }) {
  const cases = [
    { rows: 1, calls: quick ? 500 : 2000, unit: "µs", what: "one sample" },
    { rows: 1625, calls: quick ? 3 : 10, unit: "samples/s", what: "1,625 samples" },
  ];
  const results = [];
  for (const { rows, calls, unit, what } of cases) {
    const length = Math.max(rows, CHECKED_ROWS) * network.widths[0];
    const request = { network, weights, x: { ...data.test.x, length }, rows, calls };
    const contenders = await open(peers.map((peer) => ({ name: peer, peer, request })));
    await checkSame(contenders);
    await interleave(contenders, 2);
    for (const contender of contenders) contender.samples = [];
    await interleave(contenders, repetitions);
    results.push({
      id: `${id} ${what}`,
      title: `${id}: prediction of ${what}`,
      unit,
      rows,
      contenders: close(contenders),
    });
  }
  return results;
}

async function checkSame(contenders) {
  let expected;
  for (const contender of contenders) {
    const { probabilities } = (await ask(contender, "probabilities", { rows: CHECKED_ROWS })) ?? {};
    expected ??= probabilities;
    if (!probabilities) continue;
    const worst = expected.reduce((most, p, i) => Math.max(most, Math.abs(p - probabilities[i])), 0);
    if (!(worst <= TOLERANCE)) fail(contender, `its probabilities are off by ${worst}`);
  }
}
