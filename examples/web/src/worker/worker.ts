/** Everything that computes runs here. The page starts this worker twice: to ask a model, and to train one. */
import { registerMembers } from "./members.js";
import type { Message, Methods, Request } from "./protocol.js";
import { readDigits } from "./read-digits.js";
import { makeTester } from "./tester.js";
import { makeTrainer } from "./trainer.js";

registerMembers();
const post = (message: Message): void => self.postMessage(message);
const tester = makeTester();
const trainer = makeTrainer((progress) => post({ progress }));

const methods: Methods = {
  ...tester,
  ...trainer,
  readDigits,
  async setDigits(digits) {
    tester.setDigits(digits);
    trainer.setDigits(digits);
  },
};

self.onmessage = async ({ data: { id, method, parameters } }: MessageEvent<Request>) => {
  try {
    const call = methods[method] as (...parameters: readonly unknown[]) => Promise<unknown>;
    post({ id, result: await call(...parameters) });
  } catch (error) {
    post({ id, error: error instanceof Error ? error.message : `${error}` });
  }
};
