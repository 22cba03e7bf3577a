/** The page: three parts around one model in use. */
import { type Digits, fetchDigits } from "./digits/digits.js";
import { startOwnDigits } from "./digits/own-digits.js";
import { startDrawing } from "./draw/draw.js";
import { startModels } from "./models/models.js";
import { fetchShippedModel } from "./models/shipped.js";
import { startNetwork } from "./network.js";
import { workOffline } from "./offline.js";
import { byId } from "./page/dom.js";
import { integer, percent } from "./page/format.js";
import { startTraining } from "./train/training.js";
import { startFilters } from "./understand/filters.js";
import { startUnderstanding } from "./understand/understand.js";
import { type Client, startWorker } from "./worker/client.js";

async function start(): Promise<void> {
  const network = startNetwork();
  const lookAgain = startDrawing(network);
  const showFilters = startFilters();
  const showTest = startUnderstanding();
  let digits: Digits | undefined;

  let client: Client | undefined;
  const trainer = (): Client => {
    client ??= startWorker((progress) => training.report(progress));
    return client;
  };
  const training = startTraining(trainer, async (settings, { artifacts, epochs, seconds }) => {
    const accuracy = await models.add(artifacts, { settings, epochs, seconds, digits: digits?.name ?? "" });
    return `It knows ${percent(accuracy ?? 0, 1)} of the test digits, and is now in use: draw one.`;
  });

  /** The share of the test digits that the model in use knows; nothing while there are none. */
  async function test(): Promise<number | undefined> {
    if (!digits) return undefined;
    const tested = digits;
    const result = await network.test();
    showTest(tested, result);
    return result.accuracy;
  }

  async function useDigits(next: Digits): Promise<void> {
    await Promise.all([network.setDigits(next), training.setDigits(next)]);
    digits = next;
    byId("data-line", HTMLElement).textContent = `${integer(next.labels.length)} digits, ${next.name}`;
    models.tested(await test());
  }

  const models = await startModels(network, fetchShippedModel(), (info) => {
    lookAgain();
    showFilters(info.filters);
    return test();
  });
  const shipped = await fetchDigits();
  startOwnDigits(
    (images, labels) => trainer().call("readDigits", images, labels),
    (own) => useDigits(own ?? shipped),
  );
  await useDigits(shipped);
  // Where the browser keeps nothing, the page works all the same
  await workOffline().catch(() => {});
}

start().catch((error: Error) => {
  const failure = byId("failure", HTMLElement);
  failure.textContent = `Something is missing here: ${error.message}`;
  failure.hidden = false;
});
