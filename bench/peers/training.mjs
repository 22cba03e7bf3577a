/** W1, W2, W3 and W7: seconds per epoch, after each library has shown that it learns. */
import { ask, close, fail, interleave, open } from "./interleave.mjs";
import { describe } from "./workloads.mjs";

export async function benchTraining({ id, network, noise }, { peers, data, repetitions, epochs, learn }) {
  const { train, test } = noise ? { train: data.normal } : data;
  const request = { network, train, test, epochs };
  const contenders = await open(peers.map((peer) => ({ name: peer, peer, request })));
  for (const contender of contenders) {
    await ask(contender, "train", { epochs: learn.epochs });
    Object.assign(contender, await ask(contender, "score"));
    if (contender.failure) continue;
    const accuracy = Math.min(contender.trainAccuracy, contender.testAccuracy ?? 1);
    if (!(accuracy >= learn.accuracy)) {
      fail(contender, `does not learn: its accuracy is ${accuracy.toFixed(3)} after ${learn.epochs} epochs`);
    }
  }
  await interleave(contenders, repetitions);
  const inputs = noise ? "3,900 rows of standard-normal noise" : "3,900 digits";
  return {
    id,
    title: `${id}: one epoch of ${inputs}, ${describe(network)}`,
    unit: "s",
    learnedEpochs: learn.epochs,
    contenders: close(contenders),
  };
}
